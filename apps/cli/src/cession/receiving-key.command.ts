// `mereau receiving-key FILE`: the public half of the key that an installation is ceded to. It is derived from the wrapping key of
// the one that will receive, so that nothing has to be kept until then.
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { StartupFault } from '#libs/persistence';
import { keyringFor, readProgramSettings } from '#libs/service';
import { rootDir } from '../root-dir.js';

export async function receivingKeyCommand([file, ...rest]: readonly string[]): Promise<number> {
  if (!file || file.startsWith('-') || rest.length > 0) {
    console.error('usage: mereau receiving-key FILE   (a new file; what is in it is public)');
    return 2;
  }
  const program = readProgramSettings();
  const keyring = keyringFor([], { ...program, dataDir: resolve(rootDir(), program.dataDir) }, process.env);
  const { keyId, pem } = keyring.receivingKey();
  try {
    writeFileSync(file, pem, { flag: 'wx' });
  } catch (error) {
    throw new StartupFault(`${file} cannot be written: ${(error as Error).message}`, { cause: error });
  }
  console.log(`${file} is the receiving key ${keyId}`);
  return 0;
}
