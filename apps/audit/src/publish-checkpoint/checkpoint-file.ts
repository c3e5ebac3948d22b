// What was signed, once more, in a file of the data folder, a line of JSON each: out of reach of whoever holds the
// database only. Written after the commit; what a crash left out is added at the next look.
import { appendFile, mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { ServiceSettings } from '#libs/service';
import type { Checkpoint } from './signed-note.js';

export const CHECKPOINT_FILE = 'audit-checkpoints.ndjson';
/** A line is about 600 bytes. */
const TAIL_BYTES = 8_192;

const lineSchema = z.object({
  size: z.int().positive(), root: z.string(), time: z.string(), origin: z.string(), keyId: z.string(), signature: z.string(),
  note: z.string(),
});

export class CheckpointFile {
  readonly path: string;

  constructor(dataDir: string, private readonly log: Pick<ServiceSettings['log'], 'error'>) {
    this.path = join(dataDir, CHECKPOINT_FILE);
  }

  /** The newest that the file has; undefined when there is no file. A line that a crash cut off is skipped. */
  async last(): Promise<Checkpoint | undefined> {
    const lines = (await this.tail()).split('\n');
    for (const line of lines.reverse()) {
      const read = parsed(line);
      if (read) return read;
    }
    return undefined;
  }

  /** A disk that is full or read-only is told and no more: the checkpoint itself is committed and published. */
  async append(checkpoints: readonly Checkpoint[]): Promise<void> {
    if (checkpoints.length === 0) return;
    await this.write(checkpoints).catch((error: unknown) => {
      this.log.error({ err: error, path: this.path }, 'checkpoints could not be filed; the next one files them too');
    });
  }

  private async write(checkpoints: readonly Checkpoint[]): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true });
    const torn = /[^\n]$/.test(await this.tail()) ? '\n' : '';
    const text = checkpoints.map((checkpoint) => `${JSON.stringify(checkpoint)}\n`).join('');
    await appendFile(this.path, `${torn}${text}`, { flush: true });
  }

  private async tail(): Promise<string> {
    const file = await open(this.path, 'r').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (!file) return '';
    try {
      const { size } = await file.stat();
      const buffer = Buffer.alloc(Math.min(size, TAIL_BYTES));
      await file.read(buffer, 0, buffer.length, size - buffer.length);
      return buffer.toString();
    } finally {
      await file.close();
    }
  }
}

function parsed(line: string): Checkpoint | undefined {
  try {
    return lineSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
