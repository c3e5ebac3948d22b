// Row 30, the treasury's half: a payment that Stripe took back is no longer at Stripe, and is owed to the account by its
// payer; where the dispute is won, Stripe gives it again. Its fee is posted when Stripe's list shows it (row 5).
import { accounts, transfer, type Posting } from '#libs/ledger';
import type { Cents } from '#libs/kernel';

export function disputePosting(custodyAccountId: string, what: 'withdrawn' | 'given_again', amount: Cents): Posting {
  const [psp, issuance] = [accounts.settlement.psp, accounts.clearing('issuance')];
  const [debit, credit] = what === 'withdrawn' ? [issuance, psp] : [psp, issuance];
  return { rule: '30', custodyAccountId, transfers: [transfer(debit, credit, amount)] };
}
