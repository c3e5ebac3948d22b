// When a payee has owed for so long that it gets a debit note, what it then owes, and what takes it away again. What a payee is owed
// is netted by its statements; only what no statement nets for three months is asked of it.
import { addDays, cents, dayIn, type BankAccountId, type Cents, type LocalDate, type PayeeId } from '#libs/kernel';
import { accounts, transfer, type Account, type Posting } from '#libs/ledger';
import type { OpenNote } from './set-off.decision.js';
import { countGroups, type ClaimGroup, type CountedGroups } from '../statement-closings/statement.decision.js';

/** A line that is in no statement, held lines aside, and since when it counts: accrued, released, or validated. */
export type OpenLine = Readonly<{ at: Date; gross: Cents }>;

/** Since when all of them together have come to less than nothing without a break; undefined where they do not. */
export function negativeSince(lines: readonly OpenLine[]): Date | undefined {
  const moments = new Map<number, bigint>();
  for (const { at, gross } of lines) moments.set(at.getTime(), (moments.get(at.getTime()) ?? 0n) + gross);
  let standing = 0n;
  let since: number | undefined;
  for (const [at, gross] of [...moments].sort(([one], [other]) => one - other)) {
    standing += gross;
    since = standing < 0n ? since ?? at : undefined;
  }
  return since === undefined ? undefined : new Date(since);
}

/** What of a payee could be in a statement that closes at the number of the last closing, and everything that is open of it. */
export type Standing = Readonly<{ payeeId: PayeeId; custodyAccountId: string; groups: readonly ClaimGroup[]; open: readonly OpenLine[] }>;
export type NoteConditions = Readonly<{ today: LocalDate; timeZone: string; negativeDays: number; dueDays: number; pool: string }>;
export type DecidedNote = CountedGroups & Readonly<{
  kind: 'issued'; amount: Cents; negativeSince: LocalDate; dueOn: LocalDate; posting: Posting;
}>;

/**
 * `waits`: not for long enough. `carried`: less than nothing in all, but not in what is closed: the next closing may net it, or brings
 * its lines before the next number.
 */
export function decideDebitNote(
  { payeeId, custodyAccountId, groups, open }: Standing, { today, timeZone, negativeDays, dueDays, pool }: NoteConditions,
): DecidedNote | Readonly<{ kind: 'not_negative' | 'waits' | 'carried' }> {
  const since = negativeSince(open);
  if (!since) return { kind: 'not_negative' };
  const day = dayIn(timeZone, since);
  if (addDays(day, negativeDays) > today) return { kind: 'waits' };
  const counted = countGroups(groups);
  if (!counted || counted.total.net >= 0n || counted.total.gross >= 0n) return { kind: 'carried' };
  return {
    kind: 'issued', ...counted, amount: cents(-counted.total.net), negativeSince: day, dueOn: addDays(today, dueDays),
    posting: { rule: '20', custodyAccountId, transfers: transfersOf(payeeId, counted.total, pool) },
  };
}

/** The debt leaves `accrued` whole: the net is asked of the payee, and what it bore of fee, VAT and commons comes back with its lines. */
function transfersOf(payeeId: PayeeId, { fee, vat, commons, net }: CountedGroups['total'], pool: string): Posting['transfers'] {
  const { settlement } = accounts;
  const accrued = settlement.accrued(payeeId);
  const taken = (from: Account, amount: Cents) => {
    if (amount === 0n) return [];
    return amount < 0n ? [transfer(from, accrued, cents(-amount))] : [transfer(accrued, from, amount)];
  };
  return [
    transfer(settlement.placeReceivable(payeeId), accrued, cents(-net)),
    ...taken(settlement.feeIncome, fee), ...taken(settlement.vatCollected, vat), ...taken(settlement.commons(pool), commons),
  ];
}

export type Debt = Readonly<{ payeeId: PayeeId; custodyAccountId: string }>;
/** A note of which something may be left. */
export type OpenNoteOf = OpenNote & Debt;
export type KnownNote = OpenNoteOf & Readonly<{ reference: string }>;

const lessOwed = ({ payeeId, custodyAccountId }: Debt, against: Account, amount: Cents): Posting =>
  ({ rule: '20', custodyAccountId, transfers: [transfer(against, accounts.settlement.placeReceivable(payeeId), amount)] });

/** By a bank line that said so itself, or, once a person has said so, by one that nobody could read. */
export const paidPosting = (debt: Debt, bankAccountId: BankAccountId, amount: Cents, line: 'known' | 'unknown'): Posting =>
  lessOwed(debt, line === 'known' ? accounts.settlement.bank(bankAccountId) : accounts.settlement.bankUnknown, amount);
export const setOffPosting = (debt: Debt, amount: Cents): Posting => lessOwed(debt, accounts.settlement.payable(debt.payeeId), amount);
export const lossPosting = (debt: Debt, amount: Cents): Posting => lessOwed(debt, accounts.settlement.losses, amount);

type Asks = Readonly<{ custodyAccountId: string; commons: Cents }>;

/**
 * Those whose commons share the national pool can give back, in their order, on each custody account; `commons` below zero: it comes
 * back. The others wait until the pool has it: their debt stays open, and a statement may net it meanwhile.
 */
export function withinPool<Note extends Asks>(notes: readonly Note[], pools: ReadonlyMap<string, bigint>): Note[] {
  const left = new Map(pools);
  return notes.filter(({ custodyAccountId, commons }) => {
    const after = (left.get(custodyAccountId) ?? 0n) + commons;
    if (after < 0n && commons < 0n) return false;
    left.set(custodyAccountId, after);
    return true;
  });
}
