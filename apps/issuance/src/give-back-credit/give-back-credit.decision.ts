// Money that came to us and is not ours goes back whole: what no share took of it, once.
import { reject, ZERO, type Cents, type Rejected } from '#libs/kernel';
import { accounts, transfer, type Posting } from '#libs/ledger';
import type { RefusalCode } from '../refusals.js';
import type { Credit } from '../match-receipt/match-receipt.decision.js';

export type Release = Readonly<{ amount: Cents; posting: Posting }>;

/** Row 3b, our half. */
export function decideGiveBack(credit: Credit | undefined): Release | Rejected<RefusalCode> {
  if (!credit) return reject('receipt_not_found');
  if (credit.left === ZERO) return reject('receipt_used_up');
  return {
    amount: credit.left,
    posting: {
      rule: '3b', custodyAccountId: credit.custodyAccountId,
      transfers: [transfer(accounts.issuance.unmatched, accounts.clearing('settlement'), credit.left)],
    },
  };
}
