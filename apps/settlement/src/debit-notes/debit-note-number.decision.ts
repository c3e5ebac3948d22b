// Numbers of debit notes: one series per year, without a gap, in the order of their days.
import type { LocalDate } from '#libs/kernel';

export type LastNumber = Readonly<{ year: number; number: number; issuedOn: LocalDate }>;
export type DrawnNumber = LastNumber & Readonly<{ display: string }>;

/** No note is dated before the one with the number before it, also where two transactions overtake each other at midnight. */
export const issueDay = (today: LocalDate, last: LastNumber | undefined): LocalDate =>
  (last && last.issuedOn > today ? last.issuedOn : today);

/** The one that many after the last. */
export function drawNumber(issuedOn: LocalDate, last: LastNumber | undefined, after: number): DrawnNumber {
  const year = Number(issuedOn.slice(0, 4));
  const number = (last?.year === year ? last.number : 0) + after;
  return { year, number, issuedOn, display: displayNumber(year, number) };
}

export const displayNumber = (year: number, number: number): string => `ND-${year}-${String(number).padStart(6, '0')}`;
