// What a form asks of redemption, as the bytes that a device signs. Undefined where the form cannot be read: then it goes
// unsigned, and the page says what is wrong with it.
import type { Said } from './storage.js';

export type Ask = Readonly<{ path: string; key: string; body: string }>;
export type Fields = Pick<URLSearchParams, 'get'>;

/** An amount in euros as people type it, in cents; as the pages read it. */
export function centsTyped(text: string): number | undefined {
  const typed = /^(\d{1,7})(?:[.,](\d{1,2}))?$/.exec(text.replace(/[\s€]/g, ''));
  return typed ? Number(typed[1]) * 100 + Number((typed[2] ?? '').padEnd(2, '0')) : undefined;
}

export const linesOf = (text: string): string[] => text.split(/[\r\n]+/).map((line) => line.trim()).filter((line) => line !== '');

/** The vouchers of each person: a line that begins with `+` is one more of the person above. As the pages read it. */
export function peopleOf(lines: readonly string[]): string[][] {
  const people: string[][] = [];
  for (const line of lines) {
    const person = line.startsWith('+') ? people.at(-1) : undefined;
    if (person) person.push(line.slice(1).trim());
    else people.push([line]);
  }
  return people;
}

const lineFor = ([code, ...others]: readonly string[]): object =>
  ({ code, ...(others.length > 0 && { with: others.map((other) => ({ code: other })) }) });

/** The most that redemption takes, which a spec compares: what is pending is asked too late to be corrected. */
export const SAID_MAX = { durationMinutes: 1_440, participants: 1_000 } as const;

/** What is said beside the codes; undefined where a number cannot be read, or is one that redemption does not take. */
export function saidIn(fields: Fields): Said | undefined {
  const text = (name: string) => (fields.get(name) ?? '').trim();
  const whole = (name: keyof typeof SAID_MAX) => (text(name) === '' ? undefined : Number(text(name)));
  const amountCents = text('amount') === '' ? undefined : centsTyped(text('amount'));
  const [durationMinutes, participants] = [whole('durationMinutes'), whole('participants')];
  if (text('amount') !== '' && !amountCents) return undefined;
  if (isStrange(durationMinutes, SAID_MAX.durationMinutes) || isStrange(participants, SAID_MAX.participants)) return undefined;
  return {
    ...(amountCents !== undefined && { amountCents }), ...(text('service') !== '' && { service: text('service') }),
    ...(durationMinutes !== undefined && { durationMinutes }), ...(participants !== undefined && { participants }),
  };
}

const isStrange = (number: number | undefined, max: number): boolean =>
  number !== undefined && !(Number.isInteger(number) && number > 0 && number <= max);

export function askOf(action: string, fields: Fields): Ask | undefined {
  if (action === '/undo') {
    const body = JSON.stringify({ reason: fields.get('reason') ?? '' });
    return { path: `/redemption/redemptions/${fields.get('redemptionId') ?? ''}/undo`, key: fields.get('key') ?? '', body };
  }
  const said = saidIn(fields);
  if (!said) return undefined;
  const of = (path: string, key: string, more: object): Ask =>
    ({ path, key, body: JSON.stringify({ serviceDate: fields.get('serviceDate') ?? '', ...said, ...more }) });
  const key = fields.get('key') ?? '';
  switch (action) {
    case '/redeem': return of('/redemption/redemptions', key, { code: fields.get('code') ?? '' });
    // A check is stored under no key, so none is signed either.
    case '/check': return of('/redemption/checks', '', { code: fields.get('code') ?? '' });
    case '/workshop': return of('/redemption/sessions', key, { lines: peopleOf(linesOf(fields.get('codes') ?? '')).map(lineFor) });
    default: return undefined;
  }
}
