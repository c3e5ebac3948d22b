import { Query } from '@nestjs/cqrs';
import type { BankAccountId, Cents, Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';

/** As of when: an instant, the end of a closing by its number, or now. */
export type Moment = Readonly<{ at: Date | null; closing: number | null }>;

/** Everything that had been posted when `at` was over. */
export type AsOf = Readonly<{
  at: Date;
  /** No transaction that decides by a moment up to `at` can still be under way: what is shown stays. */
  isFinal: boolean;
}>;

export type AccountBalance = Readonly<{
  custodyAccountId: BankAccountId; account: string; debit: bigint; credit: bigint; transfers: number;
}>;
export type PostedTransfer = Readonly<{
  eventId: string; line: number; rule: string; debit: string; credit: string; amount: Cents; custodyAccountId: BankAccountId;
  bookedAt: Date;
  /** For the place in the list: older rows were written to the microsecond. */
  bookedMicros: number;
  reversesEventId: string | null;
}>;

export type BalanceFilter = Readonly<{
  moment: Moment; custodyAccountId: BankAccountId | null;
  /** A kind of account (`accrued`), or one account (`accrued:<uuid>`). */
  account: string | null;
  after: readonly [BankAccountId, string] | null; rowsMax: number;
}>;
export type Balances = AsOf & Readonly<{ rows: readonly AccountBalance[] }>;

export class ListBalances extends Query<Balances | Rejected<RefusalCode>> {
  constructor(readonly filter: BalanceFilter) { super(); }
}

export type TransferFilter = Readonly<{
  moment: Moment; custodyAccountId: BankAccountId | null; account: string;
  before: Readonly<{ micros: number; eventId: string; line: number }> | null; rowsMax: number;
}>;
export type Transfers = AsOf & Readonly<{ rows: readonly PostedTransfer[] }>;

export class ListTransfers extends Query<Transfers | Rejected<RefusalCode>> {
  constructor(readonly filter: TransferFilter) { super(); }
}
