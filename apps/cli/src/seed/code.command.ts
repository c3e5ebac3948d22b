// `mereau code ADDRESS` and `mereau code SECRET`: the six digits that an authenticator would show now. For the made-up people of the
// first start, who have no phone, and for whoever tries the pages without one.
import { resolve } from 'node:path';
import { StartupFault } from '#libs/persistence';
import { readProgramSettings } from '#libs/service';
import { rootDir } from '../root-dir.js';
import { codeNow } from '../world/authenticator.js';
import { readWorld } from './seed-if-empty.js';

const USAGE = 'usage: mereau code ADDRESS | SECRET\n  ADDRESS  of somebody whom the first start made\n  SECRET   in base 32, as the page shows it';

export async function codeCommand([given, ...rest]: readonly string[]): Promise<number> {
  if (given === undefined || rest.length > 0) {
    console.error(USAGE);
    return 2;
  }
  console.log(await codeNow(given.includes('@') ? secretOf(given) : given.replaceAll(/\s/g, '').toUpperCase()));
  return 0;
}

function secretOf(email: string): string {
  const world = readWorld(resolve(rootDir(), readProgramSettings().dataDir));
  if (!world) throw new StartupFault('no world was made in this data folder: run npm start');
  const secret = world.authenticators[email];
  if (secret === undefined) {
    throw new StartupFault(`${email} has no second factor yet: sign in, open /second-factor, and give the secret that it shows: npm run code -- SECRET`);
  }
  return secret;
}
