// Who may sign a contradictory statement, and where the expired money goes with the last signature (row 23). Every payer of
// the order signs for itself, and for the operator another person than the one who drew it up.
import { minus, reject, sum, ZERO, type Cents, type OrderId, type PayerId, type ProgrammeId, type Rejected } from '#libs/kernel';
import { accounts, transferIfAny, type Account, type Posting } from '#libs/ledger';
import type { StatementOutcome } from '../on-expiry.decision.js';
import type { RefusalCode } from '../refusals.js';

export type SignableStatement = Readonly<{
  orderId: OrderId;
  programmeId: ProgrammeId;
  custodyAccountId: string;
  outcome: StatementOutcome;
  expired: Cents;
  /** What stands on the order now: other than what the statement says when something came after it. */
  expiredBalance: Cents;
  rejected: Cents;
  /** What claims were rejected for by now: an incident may have come after the statement. */
  rejectedNow: Cents;
  sha256: string;
  drawnUpBy: string;
  shares: readonly Readonly<{ payerId: PayerId; expired: Cents }>[];
  signedParties: readonly string[];
  signed: boolean;
  replaced: boolean;
  /** A payment of the order is disputed, and nobody knows yet whether it comes again. */
  disputeOpen?: boolean;
}>;

export type Signer = Readonly<{ payerId: PayerId | null; person: string; sha256: string }>;
export type DecidedSignature = Readonly<{ kind: 'signed'; signatures: number; signaturesNeeded: number; last: boolean }>;

export function decideSignature(statement: SignableStatement | undefined, signer: Signer): DecidedSignature | Rejected<RefusalCode> {
  // A payer does not learn of statements that it has no share of.
  const mine = signer.payerId === null || statement?.shares.some(({ payerId }) => payerId === signer.payerId);
  if (!statement || !mine) return reject('statement_not_found');
  if (statement.replaced) return reject('statement_replaced');
  if (statement.signed) return reject('statement_signed');
  if (statement.sha256 !== signer.sha256) return reject('statement_hash_differs');
  if (signer.payerId === null && statement.drawnUpBy === signer.person) return reject('signer_drew_it_up');
  if (statement.signedParties.includes(signer.payerId ?? 'operator')) return reject('statement_signed_by_you');
  const { expired, expiredBalance, rejected, rejectedNow } = statement;
  if (expiredBalance !== expired || rejectedNow !== rejected) {
    return reject('statement_outdated', { expiredCents: Number(expiredBalance), rejectedCents: Number(rejectedNow) });
  }
  if (statement.disputeOpen) return reject('dispute_open');
  const [signatures, signaturesNeeded] = [statement.signedParties.length + 1, statement.shares.length + 1];
  return { kind: 'signed', signatures, signaturesNeeded, last: signatures === signaturesNeeded };
}

/**
 * Of each payer's share of what expired: what pays its debt of a disputed payment, instead of going to anybody (row 30).
 * Nothing where all of it stays with its holders.
 */
export function paidDebts(
  { outcome, shares }: Pick<SignableStatement, 'outcome' | 'shares'>, debts: ReadonlyMap<PayerId, Cents>,
): ReadonlyMap<PayerId, Cents> {
  if (outcome === 'extension') return new Map();
  const parts = shares.map(({ payerId, expired }) => {
    const debt = debts.get(payerId) ?? ZERO;
    return [payerId, debt < expired ? debt : expired] as const;
  });
  return new Map(parts.filter(([, part]) => part > ZERO));
}

/**
 * Row 23. Undefined when everything was used, or stays with its holders (row 24, batch by batch): nothing moves here then.
 * `paid` is what `paidDebts` said.
 */
export function outcomePosting(statement: SignableStatement, paid: ReadonlyMap<PayerId, Cents> = new Map()): Posting | undefined {
  const { orderId, programmeId, custodyAccountId, outcome, expired, shares } = statement;
  if (expired === 0n || outcome === 'extension') return undefined;
  const from = accounts.issuance.expired(orderId);
  const inLockOrder = [...shares].sort((a, b) => (a.payerId < b.payerId ? -1 : 1));
  const paidOf = (payerId: PayerId) => paid.get(payerId) ?? ZERO;
  const debts = inLockOrder.flatMap(({ payerId }) => transferIfAny(from, accounts.issuance.receivable(payerId), paidOf(payerId)));
  if (outcome === 'commons') {
    const rest = minus(expired, sum(paid.values()));
    return { rule: '23', custodyAccountId, transfers: [...debts, ...transferIfAny(from, accounts.clearing('settlement'), rest)] };
  }
  const to = (payerId: PayerId): Account =>
    (outcome === 'refund' ? accounts.issuance.refundDue(payerId) : accounts.issuance.prefund(programmeId, payerId));
  // In the order of payer ids, so that two postings lock the balances of the same payers in one order.
  const given = inLockOrder.flatMap(({ payerId, expired: share }) => transferIfAny(from, to(payerId), minus(share, paidOf(payerId))));
  return { rule: '23', custodyAccountId, transfers: [...debts, ...given] };
}
