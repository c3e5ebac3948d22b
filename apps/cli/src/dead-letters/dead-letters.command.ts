// `mereau dead-letters list [--service NAME]` and `mereau dead-letters replay ID`: signs in as each service's own role.
import { resolve } from 'node:path';
import { databaseClock } from '#libs/kernel';
import { SCHEMAS, StartupFault, type Schema } from '#libs/persistence';
import { createLogs, keyringFor, readProgramSettings, serviceSettings } from '#libs/service';
import { rootDir } from '../root-dir.js';
import { runningDatabaseUrl } from '../start/embedded-database.js';
import { listLetters, replayLetter, type UrlOf } from './letters.js';

const USAGE = 'usage: mereau dead-letters list [--service NAME] | replay ID';

/** Exit 0 when done (also when the list is empty), 1 when a replay failed again, 2 on wrong words. */
export async function deadLettersCommand([verb, ...rest]: readonly string[]): Promise<number> {
  const services = verb === 'list' ? servicesIn(rest) : [...SCHEMAS];
  const isReplay = verb === 'replay' && rest.length === 1;
  if (!services || (verb !== 'list' && !isReplay)) {
    console.error(USAGE);
    return 2;
  }
  const urlOf = await databaseUrls();
  const { code, lines } = isReplay ? await replayLetter(urlOf, rest[0]!) : await listLetters(urlOf, services);
  for (const line of lines) console.log(line);
  return code;
}

function servicesIn(words: readonly string[]): readonly Schema[] | undefined {
  if (words.length === 0) return SCHEMAS;
  const wanted = SCHEMAS.filter((service) => service === words[1]);
  return words.length === 2 && words[0] === '--service' && wanted.length === 1 ? wanted : undefined;
}

async function databaseUrls(): Promise<UrlOf> {
  const root = rootDir();
  const program = readProgramSettings();
  const dataDir = resolve(root, program.dataDir);
  const databaseUrl = program.databaseUrl ?? (await runningDatabaseUrl(root, dataDir));
  if (!databaseUrl) throw new StartupFault('no platform runs on this data folder: run npm start, or set DATABASE_URL');
  const keyring = keyringFor([], { ...program, dataDir }, process.env);
  const logs = createLogs(program, 'dead-letters');
  const shared = { env: process.env, program: { ...program, databaseUrl }, keyring, clock: databaseClock, logs };
  return (service) => serviceSettings(service, shared).databaseUrl;
}
