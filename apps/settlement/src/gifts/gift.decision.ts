// A gift to the commons: money that reached our bank account for a pool, by the pool's own reference or by a person's word. It never
// leaves settlement: no order waits for it, and nobody is owed it back.
import type { BankAccountId, Cents } from '#libs/kernel';
import { accounts, transfer, type Posting } from '#libs/ledger';

/** Row 27. By a bank line that said so itself, or, once a person has said so, by one that nobody could read. */
export const giftPosting = (pool: string, bankAccountId: BankAccountId, amount: Cents, line: 'known' | 'unknown'): Posting => ({
  rule: '27', custodyAccountId: bankAccountId,
  transfers: [transfer(
    line === 'known' ? accounts.settlement.bank(bankAccountId) : accounts.settlement.bankUnknown, accounts.settlement.commons(pool), amount,
  )],
});
