// `mereau restore FOLDER`: a backup into an empty installation, which then goes on where it was. Exit 0 when it is there
// and every invariant holds, 1 when one is broken, 2 on wrong words.
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { databaseClock } from '#libs/kernel';
import { inspect } from '#libs/invariants';
import { checkServer, INSPECTOR_ROLE, SCHEMAS, StartupFault, urlAs } from '#libs/persistence';
import { createLogs, keyringFor, readProgramSettings, rolePasswords } from '#libs/service';
import { shown } from '../inspect/inspect.command.js';
import { rootDir } from '../root-dir.js';
import { startEmbedded } from '../start/embedded-database.js';
import { prepareDatabase } from '../start/prepare-database.js';
import { refuseSeparateDatabases } from './backup.command.js';
import { readManifest, type Manifest } from './manifest.js';
import { checkBackup, loadTables, refuseUsed } from './restore-backup.js';
import { putBack } from './stored-bytes.js';

type Target = Readonly<{ root: string; dataDir: string; databaseUrl: string | undefined }>;

export async function restoreCommand(args: readonly string[]): Promise<number> {
  if (args.length !== 1 || args[0]!.startsWith('-')) {
    console.error('usage: mereau restore FOLDER   (into an empty MEREAU_DATA folder, and an empty DATABASE_URL if one is set)');
    return 2;
  }
  refuseSeparateDatabases(process.env);
  const root = rootDir();
  const folder = resolve(args[0]!);
  const program = readProgramSettings();
  const target = { root, dataDir: resolve(root, program.dataDir), databaseUrl: program.databaseUrl };
  const manifest = readManifest(folder);
  await checkBackup(folder, manifest, root);
  if (target.databaseUrl) {
    await checkServer(target.databaseUrl);
    await refuseUsed(target.databaseUrl);
  }
  if (existsSync(target.dataDir) && readdirSync(target.dataDir).length > 0) {
    throw new StartupFault(`${target.dataDir} is not empty: set MEREAU_DATA to a new folder`);
  }
  try {
    await restoreFiles(folder, manifest, target.dataDir);
    const { databaseUrl } = target;
    return await (databaseUrl ? restoreInto(databaseUrl, folder, manifest, target) : restoreEmbedded(folder, manifest, target));
  } catch (error) {
    // It was empty: half of a backup would only look like a whole one.
    for (const name of readdirSync(target.dataDir)) rmSync(join(target.dataDir, name), { recursive: true, force: true });
    throw error;
  }
}

async function restoreFiles(folder: string, { files, keyCheck }: Manifest, dataDir: string): Promise<void> {
  mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  for (const file of files) await putBack(join(folder, 'files'), file, dataDir);
  if (keyringFor(SCHEMAS, { ...readProgramSettings(), dataDir }, process.env).checkValue() !== keyCheck) {
    throw new StartupFault('the keys here are not those of the backup: with them no voucher would be recognised. Give the wrapping key that it was made under');
  }
}

async function restoreEmbedded(folder: string, manifest: Manifest, target: Target): Promise<number> {
  const server = await startEmbedded(target.root, target.dataDir, (line) => console.log(line));
  try {
    return await restoreInto(server.url, folder, manifest, target);
  } finally {
    await server.stop();
  }
}

async function restoreInto(adminUrl: string, folder: string, manifest: Manifest, { root, dataDir }: Target): Promise<number> {
  const program = { ...readProgramSettings(), dataDir };
  const keyring = keyringFor(SCHEMAS, program, process.env);
  const logs = createLogs(program, 'restore');
  await prepareDatabase(adminUrl, root, { env: process.env, program, keyring, clock: databaseClock, logs }, (line) => console.log(line));
  const rows = await loadTables(adminUrl, folder, manifest);
  console.log(`${manifest.tables.length} tables with ${rows} rows of ${manifest.madeAt} are restored`);
  const found = await inspect(urlAs(adminUrl, INSPECTOR_ROLE, rolePasswords(keyring)(INSPECTOR_ROLE)));
  console.log(shown(found));
  console.log(manifest.checkpoint
    ? `the audit log is signed up to ${manifest.checkpoint.size} events: if anybody keeps a later checkpoint, what came after is lost here`
    : 'the audit log was not signed yet when this backup was made');
  return found.broken.length === 0 ? 0 : 1;
}
