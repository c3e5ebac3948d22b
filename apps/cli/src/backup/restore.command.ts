// `mereau restore FOLDER`: a backup into an empty installation, which then goes on where it was. Exit 0 when it is there
// and every invariant holds, 1 when one is broken, 2 on wrong words.
import { join, resolve } from 'node:path';
import { SCHEMAS, StartupFault } from '#libs/persistence';
import { keyringFor, readProgramSettings } from '#libs/service';
import { fillTarget, inspected, refuseUsedTarget, targetHere, type Target } from './empty-target.js';
import { readManifest, type Manifest } from './manifest.js';
import { checkBackup, loadTables } from './restore-backup.js';
import { putBack } from './stored-bytes.js';

export async function restoreCommand(args: readonly string[]): Promise<number> {
  if (args.length !== 1 || args[0]!.startsWith('-')) {
    console.error('usage: mereau restore FOLDER   (into an empty MEREAU_DATA folder, and an empty DATABASE_URL if one is set)');
    return 2;
  }
  const target = targetHere();
  const folder = resolve(args[0]!);
  const manifest = readManifest(folder);
  await checkBackup(folder, manifest, target.root);
  await refuseUsedTarget(target);
  return fillTarget(target, [], async (adminUrl) => {
    await loadTables(adminUrl, folder, manifest);
    return judged(adminUrl, manifest, target);
  }, () => restoreFiles(folder, manifest, target.dataDir));
}

async function restoreFiles(folder: string, { files, keyCheck }: Manifest, dataDir: string): Promise<void> {
  for (const file of files) await putBack(join(folder, 'files'), file, dataDir);
  if (keyringFor(SCHEMAS, { ...readProgramSettings(), dataDir }, process.env).checkValue() !== keyCheck) {
    throw new StartupFault('the keys here are not those of the backup: with them no voucher would be recognised. Give the wrapping key that it was made under');
  }
}

async function judged(adminUrl: string, manifest: Manifest, target: Target): Promise<number> {
  const { madeAt, tables, checkpoint } = manifest;
  console.log(`${tables.length} tables with ${tables.reduce((sum, { rows }) => sum + rows, 0)} rows of ${madeAt} are restored`);
  const isWhole = await inspected(adminUrl, target);
  console.log(checkpoint
    ? `the audit log is signed up to ${checkpoint.size} events: if anybody keeps a later checkpoint, what came after is lost here`
    : 'the audit log was not signed yet when this backup was made');
  return isWhole ? 0 : 1;
}
