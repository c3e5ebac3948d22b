import { cents, type PayeeId } from '#libs/kernel';
import { accounts, transfer, type Posting } from '#libs/ledger';

/** Row 7, settlement's half: what redemption handed over is owed, gross, to the payee behind the place. */
export function accrualOf(fact: Readonly<{ amountCents: number; custodyAccountId: string }>, payeeId: PayeeId): Posting {
  return {
    rule: '7', custodyAccountId: fact.custodyAccountId,
    transfers: [transfer(accounts.clearing('redemption'), accounts.settlement.accrued(payeeId), cents(fact.amountCents))],
  };
}
