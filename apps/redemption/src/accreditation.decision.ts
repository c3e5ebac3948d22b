// Which version of an accreditation counts for the day of a service. A version counts from its first day on, and takes the place of all
// earlier ones from there: one that begins later is a renewal and leaves the days before it as they were, one that begins on the same day
// or before corrects what it covers, also where it ends earlier. What had not begun when a later version was recorded never counts: nobody
// could rely on it. So that a day is taken back by a version that begins there at the latest, or by a measure.
import type { LocalDate } from '#libs/kernel';
import type { Accreditation } from './redeem-voucher/redeem-voucher.decision.js';

/** `recordedOn`: the day at the site. */
export type RecordedAccreditation = Readonly<{ accreditation: Accreditation; recordedOn: LocalDate }>;

/** Of a place and a programme, by falling version; the latest always counts. */
export function countingVersions(recorded: readonly RecordedAccreditation[]): Accreditation[] {
  const counting: Accreditation[] = [];
  let earliestLater: LocalDate | undefined;
  for (const { accreditation, recordedOn } of recorded) {
    if (earliestLater === undefined || accreditation.from <= earliestLater) counting.push(accreditation);
    if (earliestLater === undefined || recordedOn < earliestLater) earliestLater = recordedOn;
  }
  return counting;
}

/** In force on that day or not; before the first of all the latest, so that a refusal tells what is to come. */
export const accreditationOn = (byFallingVersion: readonly Accreditation[], day: LocalDate): Accreditation | undefined =>
  byFallingVersion.find(({ from }) => from <= day) ?? byFallingVersion[0];
