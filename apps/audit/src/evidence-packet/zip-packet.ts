// Writes files into a zip while they are read, and the manifest of them last. The same files give the same bytes, on any machine:
// nothing is compressed, for zlib may change, and no time is told but the one that the checkpoint signed.
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { PATHS, type Manifest } from '#libs/evidence';
import { canonicalJson } from '#libs/kernel';
import type { Fetched } from './documents.js';

/** The beginning of time for a zip, in the zone of whatever machine this is: its fields are local ones. */
const NO_TIME = new Date(1980, 0, 1);
const OPTIONS = { mtime: NO_TIME, mode: 0o100644, compress: false, forceDosTimestamp: true } as const;

export type ManifestHead = Omit<Manifest, 'files' | 'missing'>;

export function zipPacket(head: ManifestHead, files: AsyncIterable<Fetched>): Readable {
  const zip = new ZipFile();
  // Typed as any stream that may be read; it is one of Node's own.
  const stream = zip.outputStream as unknown as Readable;
  fill(zip, head, files).catch((error: unknown) => { stream.destroy(error as Error); });
  return stream;
}

async function fill(zip: ZipFile, head: ManifestHead, files: AsyncIterable<Fetched>): Promise<void> {
  const [told, missing]: [Manifest['files'], Manifest['missing']] = [[], []];
  for await (const found of files) {
    if ('why' in found) {
      missing.push({ path: found.path, why: found.why });
      continue;
    }
    const { path, bytes } = found;
    told.push({ path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
    await add(zip, path, bytes);
  }
  const manifest: Manifest = { ...head, files: told, missing };
  await add(zip, PATHS.manifest, Buffer.from(`${canonicalJson(manifest)}\n`));
  zip.end();
}

/** Resolves when the zip begins to take the file: so the next one is not read before somebody has taken this one. */
const add = (zip: ZipFile, path: string, bytes: Buffer): Promise<void> => new Promise((taken) => {
  zip.addReadStreamLazy(path, { ...OPTIONS, size: bytes.length }, (give) => {
    taken();
    give(null, Readable.from([bytes]));
  });
});
