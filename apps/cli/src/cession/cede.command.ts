// `mereau cede FOLDER --to PEM_FILE`: closes this installation and writes everything that another operator needs to go on with it.
// Asked again after a kill it goes on: what is closed stays closed, and the new folder holds the same.
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readReceivingKey, receivingKeyId } from '#libs/keys';
import { StartupFault } from '#libs/persistence';
import { atRest } from './at-rest.js';
import { closeTo, standingOf } from './cession-steps.js';
import { signLog } from './sign-log.js';
import { writeCession } from './write-cession.js';

const USAGE = 'usage: mereau cede FOLDER --to PEM_FILE   (a new folder; the file is what the receiver\'s `mereau receiving-key` wrote)';

export async function cedeCommand(args: readonly string[]): Promise<number> {
  const wanted = wantedOf(args);
  if (!wanted) {
    console.error(USAGE);
    return 2;
  }
  const receiver = receiverIn(wanted.to);
  const folder = newFolder(resolve(wanted.folder));
  await atRest(async ({ adminUrl, dataDir, shared, client }) => {
    // What is closed already is signed to its end, and takes no checkpoint any more.
    const isOpen = !['ceded', 'released'].includes((await standingOf(client))?.step ?? 'open');
    if (isOpen) console.log(`the audit log is signed up to ${await signLog(shared)} events`);
    const release = await closeTo(client, receiver.keyId);
    console.log('this installation is closed: it shows what it has, and takes nothing');
    const giving = { adminUrl, dataDir, keyring: shared.keyring, receiver, release, at: new Date() };
    const { giver, totalOwedCents } = await writeCession(giving, folder, (line) => console.log(line));
    console.log([
      `everything is in ${folder}, signed by ${giver.keyId}: tell the receiver this name by another way`,
      `owed in all: ${totalOwedCents} cents (owed.pdf says to whom)`,
      'when the receiver has checked it: mereau release-cession FILE. Until then: mereau reclaim opens this installation again',
    ].join('\n'));
  });
  return 0;
}

function wantedOf(args: readonly string[]): { folder: string; to: string } | undefined {
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { to: { type: 'string' } } });
    return positionals.length === 1 && values.to ? { folder: positionals[0]!, to: values.to } : undefined;
  } catch {
    return undefined;
  }
}

function receiverIn(path: string): { keyId: string; pem: string } {
  try {
    const pem = readFileSync(path, 'utf8');
    return { pem, keyId: receivingKeyId(readReceivingKey(pem)) };
  } catch (error) {
    throw new StartupFault(`${path} is not a receiving key: ${(error as Error).message}`, { cause: error });
  }
}

function newFolder(folder: string): string {
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new StartupFault(`${folder} is not empty: give a new folder`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}
