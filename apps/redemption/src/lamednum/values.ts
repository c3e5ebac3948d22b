// Cells that hold several values. The standard says `|` in its schema and `;` in its text; databases say `{a,"b c"}`, and
// people `, ` and ` / `, which also stand inside values.
import { saysNothing, termOf, type VocabularyField } from './vocabulary.js';

export function valuesOf(text: string): string[] {
  const array = /^\{(.*)\}$/s.exec(text)?.[1];
  const parts = array === undefined ? text.split(/[|;]/) : [...array.matchAll(/"((?:[^"\\]|\\.)*)"|([^,"]+)/g)]
    .map(([, quoted, bare]) => (quoted ?? bare ?? '').replace(/\\(.)/g, '$1'));
  return unique(parts.map((part) => part.trim()).filter((part) => part !== ''));
}

export const unique = (values: readonly string[]): string[] => [...new Set(values)];

export type ReadValues = Readonly<{ known: readonly Readonly<{ field: VocabularyField; value: string }>[]; unknown: readonly string[] }>;

/** Each value in the first of the vocabularies that has it; a value that none has is tried in parts. */
export function readValues(text: string, fields: readonly VocabularyField[]): ReadValues {
  const look = (part: string) => fields.flatMap((field) => {
    const value = termOf(field, part);
    return value === undefined ? [] : [{ field, value }];
  })[0];
  const known: { field: VocabularyField; value: string }[] = [];
  const unknown: string[] = [];
  for (const value of valuesOf(text)) {
    const whole = look(value);
    const parts = whole ? [] : value.split(/,\s|\s\/\s|\n/).map((part) => part.trim()).filter((part) => part !== '');
    // In parts only when one of them is a value: otherwise it is a sentence with a comma, and kept as one.
    const understood = parts.some((part) => look(part)) ? parts : whole ? [] : [value];
    if (whole) known.push(whole);
    for (const part of understood) {
      const found = look(part);
      if (found) known.push(found);
      else if (!saysNothing(part)) unknown.push(part);
    }
  }
  return { known, unknown };
}
