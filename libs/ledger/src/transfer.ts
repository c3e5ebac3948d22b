// A transfer is one row: one debit, one credit, one amount above zero. A posting is the transfers of one event.
import { assert, type Cents, type Currency } from '#libs/kernel';
import { chartOf, kindOf, type Account, type Ledger } from './accounts.js';

export type Transfer = Readonly<{
  debit: Account;
  credit: Account;
  amount: Cents;
  currency: Currency;
  /** The (event id, line) of the transfer that this one takes back, wholly or in part. */
  reverses?: Readonly<{ eventId: string; line: number }>;
}>;

/** The row number of the table of postings in docs/accounts.md, kept on each transfer so that a reader finds the rule. */
export type PostingRule = string;

export type Posting = Readonly<{ rule: PostingRule; custodyAccountId: string; transfers: readonly Transfer[] }>;

/** Throws AssertionFault on an amount of zero or less, and on a transfer from an account to itself. */
export function transfer(debit: Account, credit: Account, amount: Cents, reverses?: Transfer['reverses']): Transfer {
  assert(amount > 0n, `a transfer moves more than zero, not ${amount}`);
  assert(debit !== credit, `a transfer has two accounts, not ${debit} twice`);
  return { debit, credit, amount, currency: 'EUR', ...(reverses && { reverses }) };
}

/** Leaves out what is zero: a fee rule of 0 % makes no transfer. Throws AssertionFault below zero. */
export function transferIfAny(debit: Account, credit: Account, amount: Cents): Transfer[] {
  assert(amount >= 0n, `a transfer moves more than zero, not ${amount}`);
  return amount === 0n ? [] : [transfer(debit, credit, amount)];
}

/** Before each write: every account is one that this ledger knows. The database checks amounts and balances again. */
export function assertPosting(ledger: Ledger, posting: Posting): void {
  assert(posting.transfers.length > 0, `posting ${posting.rule} without a transfer`);
  const kinds = new Set(chartOf(ledger).map((entry) => entry.kind));
  for (const { debit, credit, amount } of posting.transfers) {
    assert(amount > 0n, `posting ${posting.rule} with an amount of ${amount}`);
    for (const side of [debit, credit]) assert(kinds.has(kindOf(side)), `${ledger} has no account ${side}`);
  }
}
