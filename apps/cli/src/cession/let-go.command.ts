// The two ends of a cession at the operator that gives, of which only one ever happens: `mereau release-cession FILE` lets the
// receiver go on, `mereau reclaim` opens the installation again. The file goes to the receiver by another way than the folder.
import { writeFileSync } from 'node:fs';
import { StartupFault } from '#libs/persistence';
import { atRest } from './at-rest.js';
import { reclaim, release } from './cession-steps.js';

export async function releaseCommand(args: readonly string[]): Promise<number> {
  const [file, ...rest] = args;
  if (!file || file.startsWith('-') || rest.length > 0) {
    console.error('usage: mereau release-cession FILE   (a new file, for the receiver alone)');
    return 2;
  }
  const { receiver, secret } = await atRest(({ client }) => release(client));
  try {
    writeFileSync(file, `${JSON.stringify({ receiver, release: secret.toString('base64') })}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw new StartupFault(`the installation is released, and ${file} could not be written (${(error as Error).message}): give another file`, { cause: error });
  }
  console.log(`released to ${receiver} for good: ${file} opens the keys, and this installation never opens again`);
  return 0;
}

export async function reclaimCommand(args: readonly string[]): Promise<number> {
  if (args.length > 0) {
    console.error('usage: mereau reclaim');
    return 2;
  }
  await atRest(({ client }) => reclaim(client));
  console.log('this installation is open again; nobody can open the keys of the folder that was written');
  return 0;
}
