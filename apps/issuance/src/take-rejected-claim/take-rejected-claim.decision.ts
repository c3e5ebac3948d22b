// Whose money a rejected claim was. Shares are taken over all rejected cents of the order together, never per claim: thirds
// of ten euros would lose a cent each time. Of the first n cents, a payer never gets back more than it bore of them.
import { accounts, transfer, type Posting } from '#libs/ledger';
import { plus, type Cents, type ProgrammeId } from '#libs/kernel';
import { sharesBetween, type PayerAmount, type SharedOrder } from '../order-share.decision.js';

export type OrderOfClaim = SharedOrder & Readonly<{
  programmeId: ProgrammeId;
  custodyAccountId: string;
  /** What earlier rejections of this order came to. */
  rejected: Cents;
}>;
export type GivenBack = Readonly<{ shares: readonly PayerAmount[]; posting: Posting }>;

/** Row 11 or 19, issuance's half. In the order of payer ids, as activations lock the same balances. */
export function decideGiveBack(order: OrderOfClaim, amount: Cents, rule: '11' | '19'): GivenBack {
  const shares = sharesBetween(order, order.rejected, plus(order.rejected, amount));
  const inLockOrder = [...shares].sort((a, b) => (a.payerId < b.payerId ? -1 : 1));
  return {
    shares,
    posting: {
      rule, custodyAccountId: order.custodyAccountId,
      transfers: inLockOrder.map(({ payerId, amount: share }) =>
        transfer(accounts.clearing('settlement'), accounts.issuance.prefund(order.programmeId, payerId), share)),
    },
  };
}
