import { Query } from '@nestjs/cqrs';
import type { BankAccountId } from '#libs/kernel';

export const SIDES = ['bank', 'psp'] as const;
/** `bank`: a bank account of ours against its statements; `psp`: the balance at Stripe against what Stripe lists. */
export type Side = (typeof SIDES)[number];

export const SOURCES = ['opening_balance', 'bank_statement', 'bank_line', 'stripe_movement', 'transfer'] as const;
export const WHYS = [
  'before_the_first_statement', 'lines_do_not_add_up', 'not_posted', 'posted_otherwise', 'on_no_bank_line', 'not_listed_yet', 'on_no_movement',
] as const;
export type Why = (typeof WHYS)[number];

/** A line of the bank or of Stripe, or a transfer, for what of it has no counterpart: adds to stated less ledger. */
export type OpenLine = Readonly<{
  bankAccountId: BankAccountId; account: Side; source: (typeof SOURCES)[number]; id: string; day: string; amount: bigint; why: Why;
  detail: string;
}>;

/** In cents. `stated` is what the bank or Stripe says of itself, `ledger` what we posted: both counted apart from the lines. */
export type Reconciled = Readonly<{
  bankAccountId: BankAccountId; account: Side; statedAsOf: string | null; stated: bigint; ledger: bigint;
  explained: bigint; unexplained: bigint; lines: number;
}>;

export class ShowReconciliation extends Query<readonly Reconciled[]> {}

/** Oldest first. */
export type OpenLinePage = Readonly<{
  account: Side | null; bankAccountId: BankAccountId | null; after: Readonly<{ day: string; source: string; id: string }> | null;
  rowsMax: number;
}>;
export class ListOpenLines extends Query<readonly OpenLine[]> {
  constructor(readonly page: OpenLinePage) { super(); }
}
