// Which totals are due: each day that is over, once and in order, and within the day that runs now and then, and at each close.
import { addDays, type LocalDate } from '#libs/kernel';

/** `closedUpTo`: the last close that totals were announced at. */
export type LastTotals = Readonly<{ number: number; finalDay: LocalDate | null; cutAt: Date; closedUpTo: number }>;
/** `atClose`: told though nothing may have moved since the last, because somebody will compare at this close. */
export type Cut = Readonly<{ day: LocalDate; final: boolean; atClose: boolean }>;

export type TotalsState = Readonly<{
  today: LocalDate;
  now: Date;
  last: LastTotals | undefined;
  /** The day of the oldest transfer; null in an empty ledger. */
  firstDay: LocalDate | null;
  /** The last close of this service, by the number up to which it closed. */
  closedUpTo: number;
}>;
/** `now`: also those of the day that runs, whenever the last were. */
export type Asked = Readonly<{ when: 'due' | 'now'; everyMs: number; daysMax: number }>;

/** The first ever is of the day of the oldest transfer, or of yesterday: every service begins to speak, though it has nothing. */
export function dueCuts({ today, now, last, firstDay, closedUpTo }: TotalsState, { when, everyMs, daysMax }: Asked): Cut[] {
  const yesterday = addDays(today, -1);
  const begin = last?.finalDay ? addDays(last.finalDay, 1) : firstDay !== null && firstDay < yesterday ? firstDay : yesterday;
  const cuts: Cut[] = [];
  for (let day = begin; day < today && cuts.length < daysMax; day = addDays(day, 1)) cuts.push({ day, final: true, atClose: false });
  // More days wait: today's would come before them.
  if (cuts.length === daysMax) return cuts;
  const isHourOver = last !== undefined && now.getTime() - last.cutAt.getTime() >= everyMs;
  const atClose = closedUpTo > (last?.closedUpTo ?? 0);
  return when === 'now' || isHourOver || atClose ? [...cuts, { day: today, final: false, atClose }] : cuts;
}
