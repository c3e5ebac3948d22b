// Extending an order before its vouchers expire: the operator proposes dates, and with the agreement of its last payer they
// are in force. After the last day of use it is too late for that: then a statement says what had expired and comes back.
import { reject, type LocalDate, type PayerId, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';
import { decideDates, type LaterDates } from './later-dates.decision.js';

export type ExtendableOrder = LaterDates & Readonly<{ shares: readonly Readonly<{ payerId: PayerId }>[] }>;
type Refused = Rejected<RefusalCode>;

export function decideProposal(order: ExtendableOrder | undefined, asked: LaterDates, today: LocalDate): Refused | undefined {
  if (!order) return reject('order_not_found');
  if (today > order.usableUntil) return reject('extension_by_statement', { usableUntil: order.usableUntil });
  return decideDates(order, asked, today);
}

export type AskedAgreement = Readonly<{ dates: LaterDates; agreed: readonly PayerId[]; inForce: boolean }>;
export type DecidedAgreement = Readonly<{ kind: 'agreed'; agreements: number; agreementsNeeded: number; last: boolean }>;

/** Judged again by the dates of today: another extension may have come first. */
export function decideAgreement(
  order: ExtendableOrder | undefined, proposal: AskedAgreement | undefined,
  { payerId, today }: Readonly<{ payerId: PayerId; today: LocalDate }>,
): DecidedAgreement | Refused {
  if (!order || !proposal || !order.shares.some((share) => share.payerId === payerId)) return reject('extension_not_found');
  if (proposal.inForce || proposal.agreed.includes(payerId)) return reject('extension_agreed');
  const refused = decideProposal(order, proposal.dates, today);
  if (refused) return refused;
  const [agreements, agreementsNeeded] = [proposal.agreed.length + 1, order.shares.length];
  return { kind: 'agreed', agreements, agreementsNeeded, last: agreements === agreementsNeeded };
}
