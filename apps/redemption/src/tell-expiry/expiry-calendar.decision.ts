// Which steps towards the end of a batch are due. Days before and after the last day of use begin where the operator is;
// claims end when no place on earth may claim any more (the same rule as for the run that follows).
import type { EXPIRY_STEPS } from '#libs/contracts';
import { addDays, isOverEverywhere, type LocalDate } from '#libs/kernel';

export type ExpiryStep = (typeof EXPIRY_STEPS)[number];
export type DueStep = Readonly<{ step: ExpiryStep; dueOn: LocalDate }>;
/** `today`: where the operator is. */
export type Moment = Readonly<{ today: LocalDate; now: Date }>;
export type BatchDates = Readonly<{ usableUntil: LocalDate; claimableUntil: LocalDate }>;

/** The day of each step, in the order in which they are told. */
export const calendarOf = ({ usableUntil, claimableUntil }: BatchDates): readonly DueStep[] => [
  { step: 'thirty_days', dueOn: addDays(usableUntil, -30) },
  { step: 'fifteen_days', dueOn: addDays(usableUntil, -15) },
  { step: 'seven_days', dueOn: addDays(usableUntil, -7) },
  { step: 'use_ended', dueOn: addDays(usableUntil, 1) },
  { step: 'claims_ended', dueOn: addDays(claimableUntil, 1) },
];

/** What is due and was not told, however long ago it was due: a service that was away tells all of it, in order. */
export function dueSteps(dates: BatchDates, told: readonly ExpiryStep[], { today, now }: Moment): readonly DueStep[] {
  return calendarOf(dates).filter(({ step, dueOn }) => !told.includes(step)
    && today >= dueOn && (step !== 'claims_ended' || isOverEverywhere(dates.claimableUntil, now)));
}
