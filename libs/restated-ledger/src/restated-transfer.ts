// A transfer as its message tells it: kinds of accounts and sums for certain, whose they are where the message says so.
import { cents, type Cents } from '#libs/kernel';
import { kindOf, type Ledger, type PostingRule } from '#libs/ledger';

/** `key`: what follows the kind in the name of an account; null where the kind has none, or the message does not tell it whole. */
export type RestatedAccount = Readonly<{ kind: string; key: string | null }>;

/** By these the programme and the parties are found that the message does not name itself. */
export type About = Readonly<{
  programmeId?: string; batchId?: string; orderId?: string; payerId?: string; payeeId?: string; placeId?: string;
}>;

export type RestatedTransfer = Readonly<{
  eventId: string;
  ledger: Ledger;
  /** Row of the table of postings. */
  rule: PostingRule;
  debit: RestatedAccount;
  credit: RestatedAccount;
  amount: Cents;
  currency: 'EUR';
  /** Null in messages of before custody accounts were told. */
  custodyAccountId: string | null;
  about: About;
}>;

/** One movement inside a ledger, before the message gives it its id. */
export type Move = Pick<RestatedTransfer, 'ledger' | 'rule' | 'debit' | 'credit' | 'amount' | 'custodyAccountId' | 'about'>;

export const account = (kind: string, key: string | null = null): RestatedAccount => ({ kind, key });
export const accountOf = (text: string): RestatedAccount => {
  const kind = kindOf(text);
  return account(kind, text.length > kind.length ? text.slice(kind.length + 1) : null);
};
export const clearing = (other: Ledger): RestatedAccount => account('clearing', other);

/** The moves of one row in one ledger. */
export type Row = Readonly<{ ledger: Ledger; rule: PostingRule; custodyAccountId: string | undefined; about?: About }>;

export const rowIn = (ledger: Ledger) => (rule: PostingRule, custodyAccountId: string | undefined, about: About = {}): Row =>
  ({ ledger, rule, custodyAccountId, about });

/** Nothing for zero, as a posting has no such transfer; a sum below zero goes the other way round. */
export function move(
  { ledger, rule, custodyAccountId, about = {} }: Row, debit: RestatedAccount, credit: RestatedAccount, amountCents: number,
): Move[] {
  if (amountCents === 0) return [];
  const [from, to] = amountCents > 0 ? [debit, credit] : [credit, debit];
  return [{
    ledger, rule, custodyAccountId: custodyAccountId ?? null, about, debit: from, credit: to, amount: cents(Math.abs(amountCents)),
  }];
}

export type Side = Readonly<{ kind: string; key: string | null; facing: string; amountCents: bigint }>;

/** Both halves, debit above zero. Each field is named: of millions of events, copies of whole objects take longer. */
export const sidesOf = ({ debit, credit, amount }: RestatedTransfer): readonly [Side, Side] => [
  { kind: debit.kind, key: debit.key, facing: credit.kind, amountCents: amount },
  { kind: credit.kind, key: credit.key, facing: debit.kind, amountCents: -amount },
];
