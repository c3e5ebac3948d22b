// Files of a backup: streamed, hashed while they pass, readable by their owner only, and on the disk before they count.
import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, mkdir, open, readdir, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { StartupFault } from '#libs/persistence';
import type { StoredFile } from './manifest.js';

const OWNER_ONLY = 0o600;

/** Passes bytes on and keeps count of them. */
class Counted extends Transform {
  bytes = 0;
  private readonly hash: Hash = createHash('sha256');

  override _transform(chunk: Buffer, _encoding: string, done: (error: null, chunk: Buffer) => void): void {
    this.bytes += chunk.length;
    this.hash.update(chunk);
    done(null, chunk);
  }

  get sha256(): string {
    return this.hash.copy().digest('hex');
  }
}

export type Written = Readonly<{ bytes: number; sha256: string }>;

/** `steps` end in a stream of the bytes to keep. The file must not be there yet. */
export async function writeHashed(path: string, steps: readonly (NodeJS.ReadableStream | NodeJS.ReadWriteStream)[]): Promise<Written> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const counted = new Counted();
  await pipeline([...steps, counted, createWriteStream(path, { mode: OWNER_ONLY, flags: 'wx' })]);
  await sync(path);
  return { bytes: counted.bytes, sha256: counted.sha256 };
}

/** Every file below `folder` except in the folders named, oldest name first; sockets and links are nobody's data. */
export async function filesBelow(folder: string, except: readonly string[]): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !except.some((name) => path.startsWith(`${name}/`))).sort();
}

export async function keepFile(from: string, path: string, to: string): Promise<StoredFile> {
  const { mode } = await stat(join(from, path));
  return { path, mode: mode & 0o777, ...(await writeHashed(join(to, path), [createReadStream(join(from, path))])) };
}

export async function putBack(from: string, { path, mode, sha256 }: StoredFile, to: string): Promise<void> {
  const written = await writeHashed(join(to, path), [createReadStream(join(from, path))]);
  if (written.sha256 !== sha256) throw new StartupFault(`${path} changed while it was being restored`);
  // Its owner's rights, whatever the manifest says of others.
  await chmod(join(to, path), mode & 0o700);
}

export async function hashedFile(path: string): Promise<Written> {
  const counted = new Counted();
  await pipeline(createReadStream(path), counted, async (source) => { for await (const chunk of source) void chunk; });
  return { bytes: counted.bytes, sha256: counted.sha256 };
}

/** Throws StartupFault, naming the file, when it is not what was written. */
export async function checkStored(folder: string, { path, bytes, sha256 }: Written & Readonly<{ path: string }>): Promise<void> {
  const found = await hashedFile(join(folder, path)).catch((error: Error) => {
    throw new StartupFault(`${path} of the backup cannot be read: ${error.message}`, { cause: error });
  });
  if (found.bytes !== bytes || found.sha256 !== sha256) {
    throw new StartupFault(`${path} of the backup is not what was written: use another copy`);
  }
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
