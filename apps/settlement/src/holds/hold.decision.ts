// Which payees' lines a closing holds back, and what a review does with them. A hold is of one payee at one closing; a
// further reason to hold is a further answer of `decideHold`.
import { reject, type Cents, type PayeeId, type Rejected } from '#libs/kernel';
import { accounts, transfer, type Posting } from '#libs/ledger';
import type { RefusalCode } from '../refusals.js';

export const HOLD_REASONS = ['first_remittance', 'place_suspended', 'place_withdrawn', 'alert_upheld'] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];
export type HoldRules = Readonly<{ holdFirstRemittance: boolean }>;
export const HOLD_RULES = Symbol('settlement.holdRules');

/**
 * As the Belgian scheme does: what a newly accredited place claims first waits until somebody has looked at it. Where all of it was undone
 * there is nothing to look at: `gross` is what the lines come to, and what comes to nothing is carried over.
 */
export const decideHold = (
  { firstRemittance, gross }: Readonly<{ firstRemittance: boolean; gross: bigint }>, { holdFirstRemittance }: HoldRules,
): HoldReason | undefined => (holdFirstRemittance && firstRemittance && gross > 0n ? 'first_remittance' : undefined);

/** What a place is owed is held for the measure against it, whatever becomes of that: a person lets it go. */
export const reasonOf = (measure: 'suspension' | 'withdrawal'): HoldReason => (measure === 'suspension' ? 'place_suspended' : 'place_withdrawn');

export type HoldOutcome = 'released' | 'rejected';
/** What audit told of the alert that a hold is for. */
export type AlertStanding = Readonly<{ upheldBy: string; appeal: 'none' | 'open' | 'rejected' | 'upheld' }>;
export type Hold = Readonly<{ payeeId: PayeeId; custodyAccountId: string; outcome: HoldOutcome | null; alert?: AlertStanding | null }>;

export function decideReview(
  hold: Hold | undefined, outcome: HoldOutcome, by: Readonly<{ reviewer: string; lastMakers: readonly string[] }>,
): { kind: 'reviewed' } | Rejected<RefusalCode> {
  if (!hold) return reject('hold_unknown');
  if (hold.outcome) return reject('hold_decided', { outcome: hold.outcome });
  // Otherwise one person could point the money at an account and let it go there.
  if (by.lastMakers.includes(by.reviewer)) return reject('reviewer_changed_iban');
  const refused = hold.alert && refusedByAlert(hold.alert, outcome, by.reviewer);
  return refused ?? { kind: 'reviewed' };
}

/** Two people take the money of a place away, and not while it waits for an answer. */
function refusedByAlert({ upheldBy, appeal }: AlertStanding, outcome: HoldOutcome, reviewer: string): Rejected<RefusalCode> | undefined {
  if (upheldBy === reviewer) return reject('reviewer_upheld_alert');
  if (outcome === 'released') return undefined;
  if (appeal === 'open') return reject('alert_appeal_open');
  return appeal === 'upheld' ? reject('alert_overturned') : undefined;
}

type Of = Readonly<{ payeeId: PayeeId; custodyAccountId: string }>;

/** Row 10. */
export const holdPosting = ({ payeeId, custodyAccountId }: Of, gross: Cents): Posting => ({
  rule: '10', custodyAccountId, transfers: [transfer(accounts.settlement.accrued(payeeId), accounts.settlement.held(payeeId), gross)],
});

/** Row 10 back, or row 11: on its way to issuance, which knows whose money it was. */
export function reviewPosting({ payeeId, custodyAccountId }: Of, outcome: HoldOutcome, gross: Cents): Posting {
  const held = accounts.settlement.held(payeeId);
  return outcome === 'released'
    ? { rule: '10', custodyAccountId, transfers: [transfer(held, accounts.settlement.accrued(payeeId), gross)] }
    : { rule: '11', custodyAccountId, transfers: [transfer(held, accounts.clearing('issuance'), gross)] };
}
