// The days of the scheme's year. They are the same whenever it is played: nothing here knows the day of the machine.
import { addDays, localDate, type LocalDate } from '#libs/kernel';

export type Month = Readonly<{
  /** From 1, the month of activation, to 13, the month of grace. */
  number: number;
  from: LocalDate;
  to: LocalDate;
  /** The first Monday after it: totals are drawn and statements closed. */
  closesOn: LocalDate;
}>;

export type Calendar = Readonly<{
  opensOn: LocalDate; orderedOn: LocalDate; paidOn: LocalDate; mintedOn: LocalDate; activatedOn: LocalDate;
  usableUntil: LocalDate; claimableUntil: LocalDate;
  /** The second programme's fee rule is in force from then: until then it is not open. */
  secondOpensOn: LocalDate;
  /** Somebody comes to say that a part of a booklet is gone. */
  lostOn: LocalDate;
  months: readonly Month[];
}>;

export function calendarOf(year: number): Calendar {
  const day = (monthAndDay: string, at = year) => localDate(`${at}-${monthAndDay}`);
  const activatedOn = day('01-02');
  const firsts = [
    ...Array.from({ length: 12 }, (_, index) => day(`${String(index + 1).padStart(2, '0')}-01`)), day('01-01', year + 1), day('02-01', year + 1),
  ];
  return {
    opensOn: day('11-03', year - 1), orderedOn: day('11-12', year - 1), paidOn: day('11-24', year - 1),
    mintedOn: day('12-01', year - 1), activatedOn, usableUntil: day('12-31'), claimableUntil: day('01-31', year + 1), secondOpensOn: day('04-01'), lostOn: day('05-12'),
    months: firsts.slice(0, -1).map((first, index): Month => {
      const next = firsts[index + 1]!;
      return { number: index + 1, from: index === 0 ? activatedOn : first, to: addDays(next, -1), closesOn: firstMonday(next) };
    }),
  };
}

export const weekdayOf = (day: LocalDate): number => new Date(`${day}T00:00:00Z`).getUTCDay();

const firstMonday = (first: LocalDate): LocalDate => addDays(first, (8 - weekdayOf(first)) % 7);

/** Days from one to the other; negative when `to` comes first. */
export const daysBetween = (from: LocalDate, to: LocalDate): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;
