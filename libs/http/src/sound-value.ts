// What no field of ours may hold, whatever its schema says: names that reach into prototypes, text that PostgreSQL
// refuses (NUL) or changes (half a surrogate pair), nesting that is made to exhaust, lists without an end.
import type { FieldError } from './problem.js';

export const DEPTH_MAX = 32;
export const LIST_LENGTH_MAX = 10_000;
const PROTOTYPE_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
const UNSTORABLE = /\0|\p{Surrogate}/u;
const PATH_LENGTH_MAX = 200;

/** The first fault found, with its place; undefined when the value is sound. */
export function flawOf(value: unknown, path = '', depth = 0): FieldError | undefined {
  if (typeof value === 'string') return UNSTORABLE.test(value) ? flaw(path, 'text with a NUL or half a character') : undefined;
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return undefined;
  if (depth >= DEPTH_MAX) return flaw(path, `nested deeper than ${DEPTH_MAX}`);
  if (Array.isArray(value)) {
    if (value.length > LIST_LENGTH_MAX) return flaw(path, `a list of more than ${LIST_LENGTH_MAX}`);
    return first(value.entries(), (index, item) => flawOf(item, `${path}[${index}]`, depth + 1));
  }
  return first(Object.entries(value), (key, item) => {
    const inner = path ? `${path}.${key}` : key;
    if (PROTOTYPE_KEYS.has(key)) return flaw(inner, 'a name that is not allowed');
    if (UNSTORABLE.test(key)) return flaw(path, 'a name with a NUL or half a character');
    return flawOf(item, inner, depth + 1);
  });
}

const flaw = (path: string, message: string): FieldError => ({ path: shownPath(path), message });

/** A path is the caller's own text, so it is cut: nobody is sent back a megabyte. */
export const shownPath = (path: string): string => (path.length > PATH_LENGTH_MAX ? `${path.slice(0, PATH_LENGTH_MAX)}…` : path);

function first<Key, Item>(entries: Iterable<[Key, Item]>, look: (key: Key, item: Item) => FieldError | undefined) {
  for (const [key, item] of entries) {
    const found = look(key, item);
    if (found) return found;
  }
  return undefined;
}
