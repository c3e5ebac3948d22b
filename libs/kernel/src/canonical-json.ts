// One text for one value, whatever the order in which its fields were written (RFC 8785): for hashes and signatures.

/** Takes what JSON can hold. Fields are sorted by their UTF-16 units, numbers are written as ECMAScript writes them. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  // Names are sorted by their units as they are; texts grow in place. An audit log does this for each of its events.
  let text = '{';
  for (const name of Object.keys(value).sort()) {
    text += `${text.length > 1 ? ',' : ''}${JSON.stringify(name)}:${canonicalJson((value as Record<string, unknown>)[name])}`;
  }
  return `${text}}`;
}

/** Whether `text` is the canonical one of the value that was read from it: without writing it anew where its keys stand in order. */
export const isCanonical = (value: unknown, text: string): boolean =>
  (JSON.stringify(value) === text && isSorted(value)) || canonicalJson(value) === text;

function isSorted(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isSorted);
  const keys = Object.keys(value);
  return keys.every((key, at) => (at === 0 || keys[at - 1]! < key) && isSorted((value as Record<string, unknown>)[key]));
}
