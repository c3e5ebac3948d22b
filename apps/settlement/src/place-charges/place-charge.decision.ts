import type { PayeeId } from '#libs/kernel';
import { accounts, transfer, transferIfAny, type Posting } from '#libs/ledger';
import type { DueCharge } from '../place-charge-rules/place-charge-rule.decision.js';

/** Row 13. */
export function chargePosting(payeeId: PayeeId, { rule: { custodyAccountId }, fee, vat }: DueCharge): Posting {
  const { settlement } = accounts;
  const owed = settlement.placeReceivable(payeeId);
  return { rule: '13', custodyAccountId, transfers: [transfer(owed, settlement.feeIncome, fee), ...transferIfAny(owed, settlement.vatCollected, vat)] };
}
