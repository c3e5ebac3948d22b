// The statement as a French bank writes it in CFONB 120: fixed records, the sign of an amount in its last digit.
import type { Cents } from '#libs/kernel';
import type { FakeDetail, FakeEntry, FakeStatement } from './statement.js';

const TEXT_LENGTH = 70;

/** `1904` cents below zero is `0000000000190M`. */
function cfonbAmount(amountCents: Cents): string {
  const digits = String(amountCents < 0n ? -amountCents : amountCents).padStart(14, '0');
  return digits.slice(0, 13) + (amountCents < 0n ? '}JKLMNOPQR' : '{ABCDEFGHI')[Number(digits[13])];
}

const dayOf = (day: string): string => `${day.slice(8, 10)}${day.slice(5, 7)}${day.slice(2, 4)}`;

/** Fields by their first place, from 1; the rest is blank. */
function record(fields: Readonly<Record<number, string>>): string {
  const text = [...' '.repeat(120)];
  for (const [first, value] of Object.entries(fields)) [...value].forEach((character, at) => { text[Number(first) - 1 + at] = character; });
  return text.slice(0, 120).join('');
}

/** Of a French IBAN: bank, branch and number stand in it. */
const accountOf = (iban: string) => ({ 3: iban.slice(4, 9), 12: iban.slice(9, 14), 17: 'EUR2', 22: iban.slice(14, 25) });

function complementsOf(detail: FakeDetail): (readonly [string, string])[] {
  const { counterparty, endToEndId, reference, text = [] } = detail;
  return [
    ...(counterparty ? [['NPY', counterparty.name] as const, ['IPY', counterparty.iban] as const] : []),
    ...(counterparty?.ultimateName ? [['NPO', counterparty.ultimateName] as const] : []),
    ...(endToEndId ? [['RCN', endToEndId] as const] : []),
    ...(reference ? [['LCS', reference] as const] : []),
    ...text.map((line, at) => [at === 0 ? 'LCC' : 'LC2', line] as const),
  ];
}

function movement(iban: string, { side, amountCents, bookedOn, note, entryRef, code, details }: FakeEntry): string[] {
  const operation = code[2] === 'CHRG' ? '62' : '05';
  const common = { ...accountOf(iban), 33: operation, 35: dayOf(bookedOn) };
  const [detail] = details;
  return [
    record({
      1: '04', ...common, 41: detail?.returnReason?.slice(0, 2) ?? '', 43: dayOf(bookedOn), 49: note.slice(0, 31),
      91: cfonbAmount((side === 'credit' ? amountCents : -amountCents) as Cents), 105: entryRef.slice(0, 16),
    }),
    ...(detail ? complementsOf(detail) : []).map(([name, text]) => record({ 1: '05', ...common, 46: name, 49: text.slice(0, TEXT_LENGTH) })),
  ];
}

/** Booked entries only, as the format knows no others; of an entry with several payments, the first is told. */
export function writeCfonb120(statements: readonly FakeStatement[]): string {
  return statements.flatMap(({ iban, day, openingCents, closingCents, entries }) => [
    record({ 1: '01', ...accountOf(iban), 35: dayOf(day), 91: cfonbAmount(openingCents) }),
    ...entries.filter(({ status }) => status === 'BOOK').flatMap((entry) => movement(iban, entry)),
    record({ 1: '07', ...accountOf(iban), 35: dayOf(day), 91: cfonbAmount(closingCents) }),
  ]).map((line) => `${line}\r\n`).join('');
}
