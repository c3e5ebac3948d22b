// How long a changed bank account waits before it is paid to: one reckoning, for the run that leaves it out and for those who are told.

/** The hours that a changed bank account waits, as this installation has it. */
export const COOLING_OFF = Symbol('hours of cooling-off');

const HOUR_MS = 3_600_000;

/** `changedAt`: since when the account stands in the place of another one; null where there was no other, so that nothing waits. */
export const waitsUntil = (changedAt: Date | null, coolingOffHours: number): Date =>
  new Date(changedAt === null ? 0 : changedAt.getTime() + coolingOffHours * HOUR_MS);

/** What is left of it, in whole hours: people are promised no minute more than a run keeps. */
export const hoursLeft = (changedAt: Date | null, coolingOffHours: number, at: Date): number =>
  Math.max(0, Math.floor((waitsUntil(changedAt, coolingOffHours).getTime() - at.getTime()) / HOUR_MS));
