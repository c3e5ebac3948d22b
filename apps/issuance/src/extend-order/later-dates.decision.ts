// Which later dates an order may get. They only grow: a holder never loses a day that the voucher shows.
import { reject, type LocalDate, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

export type LaterDates = Readonly<{ usableUntil: LocalDate; claimableUntil: LocalDate }>;

/** `now` are the dates of the order today, under its rules or an earlier extension. */
export function decideDates(now: LaterDates, asked: LaterDates, today: LocalDate): Rejected<RefusalCode> | undefined {
  const grows = asked.usableUntil > now.usableUntil && asked.claimableUntil >= now.claimableUntil;
  if (grows && asked.claimableUntil >= asked.usableUntil && asked.usableUntil >= today) return undefined;
  return reject('extension_not_later', { usableUntil: now.usableUntil, claimableUntil: now.claimableUntil });
}
