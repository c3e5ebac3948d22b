// What a backup holds, written last: a folder without it is a backup that never ended.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { SCHEMAS, StartupFault } from '#libs/persistence';

export const MANIFEST = 'manifest.json';
/** Grows when a backup of before could not be read any more. */
export const FORMAT = 1;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const identifier = z.string().regex(/^[a-z_][a-z0-9_]*$/, 'expected a plain SQL name');
/** A file of somebody else's may name no place outside of the folder that it is put into. */
const below = z.string().refine(
  (path) => path.split(/[\\/]/).every((part) => part !== '' && part !== '.' && part !== '..'), 'expected a path below the folder',
);
const storedFile = z.strictObject({ path: below, bytes: z.int().nonnegative(), sha256 });
const storedTable = storedFile.extend({
  schema: z.enum(SCHEMAS), name: identifier, columns: z.array(identifier), rows: z.int().nonnegative(),
});
const manifest = z.strictObject({
  format: z.literal(FORMAT),
  madeAt: z.iso.datetime(),
  /** Public: tells whether an installation has the keys that these data were written under. */
  keyCheck: z.string(),
  migrations: z.array(z.strictObject({ schema: z.enum(SCHEMAS), name: z.string(), checksum: sha256 })),
  tables: z.array(storedTable),
  /** `lastValue` is null for a sequence that never gave a number. */
  sequences: z.array(z.strictObject({ schema: z.enum(SCHEMAS), name: identifier, lastValue: z.string().regex(/^\d+$/).nullable() })),
  /** Of the data folder, below `files/`: keys made at first start, published checkpoints, what was dropped for others. */
  files: z.array(storedFile.extend({ mode: z.int().nonnegative() })),
  checkpoint: z.strictObject({ size: z.string(), root: z.string() }).nullable(),
});

export type Manifest = z.output<typeof manifest>;
export type StoredTable = z.output<typeof storedTable>;
export type StoredFile = Manifest['files'][number];
export type Sequence = Manifest['sequences'][number];

/** Throws StartupFault when there is none, or it is not one of ours. */
export function readManifest(folder: string): Manifest {
  let text: string;
  try {
    text = readFileSync(join(folder, MANIFEST), 'utf8');
  } catch {
    throw new StartupFault(`${folder} has no ${MANIFEST}: it is no backup, or one that did not end`);
  }
  const parsed = manifest.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw new StartupFault(`${join(folder, MANIFEST)} cannot be read: ${first!.path.join('.') || 'the file'}: ${first!.message}`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
