import type { BankAccountId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { insertIdentification } from '../bank-line-identifications/identification.store.js';
import { bankLineReference } from '../bank-statements/bank-posting.decision.js';
import { ANNOUNCED_PAYOUTS_MAX } from '../limits.js';
import { arrivalPosting, payoutOn, type AnnouncedPayout } from './stripe-balance.decision.js';
import { insertArrivals, unknownCreditsOf } from './stripe-payout.store.js';

/** A payout may be on the statement before Stripe told of it: then its money waits in `bank_unknown`, and is named now. */
export async function nameUnknownPayouts(tx: Tx, account: BankAccountId, announced: readonly AnnouncedPayout[]): Promise<number> {
  if (announced.length === 0) return 0;
  let left = announced;
  for (const credit of await unknownCreditsOf(tx, account, announced.map(({ amount }) => amount), ANNOUNCED_PAYOUTS_MAX)) {
    const payout = payoutOn(credit, left);
    if (!payout) continue;
    left = left.filter(({ payoutId }) => payoutId !== payout.payoutId);
    const { bankLineId } = credit;
    const eventId = await tx.post(arrivalPosting(account, payout.amount, 'unknown'), bankLineReference(bankLineId));
    await insertArrivals(tx, [{ payoutId: payout.payoutId, amount: payout.amount, bankLineId, eventId }]);
    await insertIdentification(tx, { bankLineId, kind: 'psp_payout', payoutId: payout.payoutId, eventId });
  }
  return announced.length - left.length;
}
