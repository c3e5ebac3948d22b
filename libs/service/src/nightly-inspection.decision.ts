import { dayIn, type LocalDate } from '#libs/kernel';

const ZONE = 'Europe/Paris';
/** When few people pay or redeem: the whole is read in one snapshot. */
export const INSPECTION_HOUR = 3;

/** The day whose inspection is due, or undefined. `inspectedOn`: the last one of this process, which after a start has none. */
export function dueInspection(now: Date, inspectedOn: LocalDate | undefined): LocalDate | undefined {
  const today = dayIn(ZONE, now);
  const hour = Number(new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', hourCycle: 'h23' }).format(now));
  return hour >= INSPECTION_HOUR && today !== inspectedOn ? today : undefined;
}
