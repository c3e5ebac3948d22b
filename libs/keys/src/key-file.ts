// In development the keys live in `keys.json` in the data folder, made at first start and readable by its owner only.
// It holds the same names as the environment. Moving to production copies nothing: new keys are drawn there.
import { randomBytes } from 'node:crypto';
import {
  closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, statSync, unlinkSync, writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { KeyConfigurationFault } from './key-fault.js';
import { SIGNING, WRAPPING } from './key-settings.js';
import type { KeyEnvironment } from './key-settings.js';
import { newSigningKey, SIGNING_PURPOSES } from './signing-key.js';

const OWNER_ONLY = 0o600;

function newKeys(): KeyEnvironment {
  return {
    [WRAPPING.id]: 'dev-1',
    [WRAPPING.key]: randomBytes(32).toString('base64'),
    ...Object.fromEntries(SIGNING_PURPOSES.map((purpose) => [SIGNING[purpose].key, newSigningKey()])),
  };
}

/** Services start together: each writes a file whole and links it to the name; the first wins, all read that one. */
function createOnce(directory: string, path: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const file = openSync(draft, 'wx', OWNER_ONLY);
  try {
    writeSync(file, `${JSON.stringify(newKeys(), null, 2)}\n`);
    fsyncSync(file);
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    closeSync(file);
    unlinkSync(draft);
  }
}

function parsed(path: string): KeyEnvironment {
  const text = readFileSync(path, 'utf8');
  try {
    const value: unknown = JSON.parse(text);
    const texts = value !== null && typeof value === 'object' ? Object.values(value) : [null];
    if (texts.every((text) => typeof text === 'string')) return value as KeyEnvironment;
  } catch {
    // Falls through to the one message: the parser's own would quote the file.
  }
  throw new KeyConfigurationFault([`${path} is damaged; restore it: a new one opens nothing of what is there.`]);
}

/** The keys of this data folder, made when there are none. Throws KeyConfigurationFault when others could read them. */
export function developmentKeys(directory: string): KeyEnvironment {
  const path = join(directory, 'keys.json');
  if (!statSync(path, { throwIfNoEntry: false })) createOnce(directory, path);
  // Windows has no such bits; there the folder's own rights are all there is.
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
    throw new KeyConfigurationFault([`${path} can be read by others; run: chmod 600 ${path}`]);
  }
  return parsed(path);
}
