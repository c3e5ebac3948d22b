// Stripe's requests are forms with bracketed names, `metadata[order_id]=7`; they are read here as they stand.

import { invalid } from './fake-objects.js';

export type Form = ReadonlyMap<string, string>;

export const formOf = (text: string): Form => new Map(new URLSearchParams(text));

export const textAt = (form: Form, name: string): string | undefined => form.get(name);

/** `textsUnder(form, 'metadata')`: all of `metadata[...]`, one level deep. */
export function textsUnder(form: Form, name: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [key, value] of form) {
    if (key.startsWith(`${name}[`) && key.endsWith(']')) found[key.slice(name.length + 1, -1)] = value;
  }
  return found;
}

/** A copy of `object` in which the ids on the way `a.b.c` are replaced by the objects that they name. */
export function expand(object: object, path: readonly string[], peek: (id: string) => object | undefined): object {
  const [name, ...rest] = path;
  if (name === undefined) return object;
  const value = (object as Record<string, unknown>)[name];
  const neighbour = typeof value === 'string' ? peek(value) : typeof value === 'object' && value !== null ? value : undefined;
  return neighbour ? { ...object, [name]: expand(neighbour, rest, peek) } : object;
}

export function wholeNumber(text: string, param: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw invalid(`Invalid positive integer: ${text}`, { code: 'parameter_invalid_integer', param });
  return Number(text);
}
