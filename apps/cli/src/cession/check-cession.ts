// Everything of a cession that can be known before anything is touched. It names the first lie.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartupFault } from '#libs/persistence';
import { readManifest, type Manifest } from '../backup/manifest.js';
import { checkBackup } from '../backup/restore-backup.js';
import { checkStored } from '../backup/stored-bytes.js';
import { verifyExport } from '../verify/verify-export.js';
import { books, type Books } from './books.js';
import { BOOKS, LOG, readCession, type CessionDocument } from './cession-document.js';
import { keepsFile } from './write-cession.js';

export type Checked = Readonly<{ cession: CessionDocument; manifest: Manifest; books: Books }>;

/** Throws StartupFault. */
export async function checkCession(folder: string, giverKeyId: string, rootDir: string): Promise<Checked> {
  const cession = readCession(folder, giverKeyId);
  for (const file of cession.files) await checkStored(folder, file);
  const manifest = readManifest(folder);
  // Nothing of the giver's choice may lie where our servers look for programs, settings or migrations.
  const foreign = manifest.files.find(({ path }) => !keepsFile(path));
  if (foreign) throw new StartupFault(`${foreign.path} is no file of a cession`);
  await checkBackup(folder, manifest, rootDir);
  const { firstWrong, events, root } = await verifyExport(join(folder, LOG), { keyIds: cession.checkpointKeys, kept: [] });
  if (firstWrong) throw new StartupFault(`line ${firstWrong.line} of ${LOG} is wrong: ${firstWrong.reason}`);
  const { checkpoint } = cession;
  if (events !== checkpoint.size || root !== checkpoint.root) {
    throw new StartupFault(`${LOG} has ${events} events and the root ${root}, and the cession says ${checkpoint.size} and ${checkpoint.root}`);
  }
  return { cession, manifest, books: books.parse(JSON.parse(readFileSync(join(folder, BOOKS), 'utf8'))) };
}
