// What goes back to a payer: its share of a statement that all have signed, once; or what is left of its cover when no
// voucher of the programme can be claimed any more (row 25). Both leave by row 26, from where settlement owes them.
import {
  isOverEverywhere, reject, type Cents, type LocalDate, type PayerId, type ProgrammeId, type Rejected,
} from '#libs/kernel';
import { accounts, transfer, type Posting } from '#libs/ledger';
import type { StatementOutcome } from '../on-expiry.decision.js';
import type { RefusalCode } from '../refusals.js';

export type SignedShares = Readonly<{
  outcome: StatementOutcome;
  signed: boolean;
  custodyAccountId: string;
  shares: readonly Readonly<{ payerId: PayerId; expired: Cents }>[];
  /** Payers whose share was ordered back before. */
  refunded: readonly PayerId[];
}>;
export type Refundable = Readonly<{ payerId: PayerId; amount: Cents }>;
export type DecidedRefunds = Readonly<{ kind: 'refunds'; custodyAccountId: string; refunds: readonly Refundable[] }>;
type Refused = Rejected<RefusalCode>;

/** `only`: one payer of the statement, or null for all of them. */
export function decideShareRefunds(statement: SignedShares | undefined, only: PayerId | null): DecidedRefunds | Refused {
  const known = only === null || statement?.shares.some(({ payerId }) => payerId === only);
  if (!statement || !known) return reject('statement_not_found');
  if (!statement.signed) return reject('statement_not_signed');
  if (statement.outcome !== 'refund') return reject('nothing_to_refund', { outcome: statement.outcome });
  const refunds = statement.shares
    .filter(({ payerId, expired }) => expired > 0n && (only === null || payerId === only) && !statement.refunded.includes(payerId))
    .map(({ payerId, expired }) => ({ payerId, amount: expired }));
  return refunds.length > 0
    ? { kind: 'refunds', custodyAccountId: statement.custodyAccountId, refunds } : reject('nothing_to_refund');
}

/** `claimableUntil`: of all orders of the programme, under whichever version of its rules. */
export type EndedCover = Readonly<{ custodyAccountId: string; claimableUntil: LocalDate; available: Cents; payerKnown: boolean }>;

export function decideCoverRefund(cover: EndedCover | undefined, payerId: PayerId, now: Date): DecidedRefunds | Refused {
  if (cover && !cover.payerKnown) return reject('payer_not_found');
  if (!cover) return reject('programme_not_found');
  if (!isOverEverywhere(cover.claimableUntil, now)) return reject('claims_open', { claimableUntil: cover.claimableUntil });
  if (cover.available === 0n) return reject('nothing_to_refund');
  return { kind: 'refunds', custodyAccountId: cover.custodyAccountId, refunds: [{ payerId, amount: cover.available }] };
}

/** Row 25. */
export const coverPosting = (programmeId: ProgrammeId, custodyAccountId: string, { payerId, amount }: Refundable): Posting => ({
  rule: '25', custodyAccountId,
  transfers: [transfer(accounts.issuance.prefund(programmeId, payerId), accounts.issuance.refundDue(payerId), amount)],
});

/** Row 26, our half. */
export const refundPosting = (custodyAccountId: string, { payerId, amount }: Refundable): Posting => ({
  rule: '26', custodyAccountId,
  transfers: [transfer(accounts.issuance.refundDue(payerId), accounts.clearing('settlement'), amount)],
});
