// The money of a year in one line, read by the inspector from the transfers of the three services: what was funded, what
// was redeemed, who has been paid. Numbers in the comments are rows of docs/accounts.md. One statement, so one snapshot.
import pg from 'pg';

export type CentsName =
  | 'funded' | 'issued' | 'redeemed' | 'outstanding' | 'refunded' | 'paid' | 'fees' | 'vat' | 'commons' | 'accrued' | 'held'
  | 'payable' | 'inTransit' | 'gestures' | 'advanced' | 'debited' | 'returned' | 'rejected';
export type YearCents = Readonly<Record<CentsName, number>>;

type Ledger = 'issuance' | 'redemption' | 'settlement';
/** Of which ledger, between accounts of which kinds; without `rules` whatever rule moved it. */
type Way = Readonly<{ in: Ledger; from?: readonly string[]; to?: readonly string[]; rules?: readonly string[]; only?: string }>;

const list = (texts: readonly string[]) => texts.map((text) => `'${text}'`).join(', ');
const kind = (side: 'debit' | 'credit') => `split_part(${side}, ':', 1)`;

/** What transfers moved one way. */
function moved({ in: ledger, from, to, rules, only }: Way): string {
  const wanted = [
    from && `${kind('debit')} in (${list(from)})`, to && `${kind('credit')} in (${list(to)})`, rules && `rule in (${list(rules)})`, only,
  ].filter(Boolean);
  return `(select coalesce(sum(amount), 0) from ${ledger}.transfer where ${wanted.join(' and ')})`;
}

/** The same, less what was taken back the other way. */
const net = (way: Way): string => `${moved(way)} - ${moved({ ...way, from: way.to!, to: way.from! })}`;
const owed = (ledger: Ledger, account: string): string => `${moved({ in: ledger, to: [account] })} - ${moved({ in: ledger, from: [account] })}`;

const BANK = ['bank', 'bank_unknown']; // 2b: a return may be told as such only later
const OF_PLACES = ['payable', 'advance']; // 14 for closed statements, 29 for early payments; `allocated` is spending of the commons
const OF_PAYERS = ['refund_payable'];

/** A payment's own account tells by where its money came from what it is for. */
const transitOf = (purpose: readonly string[]): string =>
  `(select credit from settlement.transfer where ${kind('credit')} = 'transit' and ${kind('debit')} in (${list(purpose)}))`;
const inTransit = (purpose: readonly string[]): string =>
  `${moved({ in: 'settlement', from: purpose, to: ['transit'] })} - ${moved({ in: 'settlement', only: `debit in ${transitOf(purpose)}` })}`;
const debitedBy = (purpose: readonly string[]): string =>
  moved({ in: 'settlement', to: ['bank', 'psp'], only: `debit in ${transitOf(purpose)}` });

/** Out of what a place redeemed, at a close (12) or by a charge (13); a share taken back with its line counts less (20). */
const taken = (account: string): string => net({ in: 'settlement', from: ['accrued', 'payable'], to: [account], rules: ['12', '13'] });

export const CENTS: Readonly<Record<CentsName, string>> = {
  // 3, 4; a disputed card payment (30) takes back what of it has expired.
  funded: `${moved({ in: 'issuance', to: ['prefund'], rules: ['3', '4'] })} - (${net({ in: 'issuance', from: ['expired'], to: ['receivable'] })})`,
  // No posting mints: the only one of these that is counted from a table.
  issued: `(select coalesce(sum(c.count * b.face_cents), 0) from issuance.chunk c join issuance.batch b on b.id = c.batch_id
    where c.batch_id not in (select batch_id from issuance.replacement))`,
  // 7, less undone (8, 8b), rejected (11), overpaid (19).
  redeemed: `${moved({ in: 'redemption', from: ['outstanding'], to: ['clearing'], rules: ['7'] })}
    - ${moved({ in: 'redemption', from: ['clearing'], rules: ['8', '8b'], only: `debit = 'clearing:settlement'` })}
    - ${moved({ in: 'settlement', from: ['held', 'accrued'], rules: ['11', '19'], only: `credit = 'clearing:issuance'` })}`,
  outstanding: [
    owed('redemption', 'outstanding'), owed('issuance', 'expired'), owed('issuance', 'prefund'), owed('issuance', 'refund_due'),
    owed('settlement', 'refund_payable'), inTransit(OF_PAYERS),
  ].join(' + '),
  // By bank (14, 15, less 17), by card (26), to the commons (23).
  refunded: `${debitedBy(OF_PAYERS)} - ${moved({ in: 'settlement', from: BANK, to: OF_PAYERS })}
    + ${net({ in: 'settlement', from: OF_PAYERS, to: ['psp'] })}
    + ${moved({ in: 'issuance', from: ['expired'], rules: ['23'], only: `credit = 'clearing:settlement'` })}`,
  paid: `${debitedBy(OF_PLACES)} - ${moved({ in: 'settlement', from: BANK, to: OF_PLACES })}`,
  fees: taken('fee_income'),
  vat: taken('vat_collected'),
  commons: taken('commons'),
  accrued: owed('settlement', 'accrued'),
  held: owed('settlement', 'held'),
  payable: owed('settlement', 'payable'),
  inTransit: inTransit(OF_PLACES),
  gestures: net({ in: 'settlement', from: ['gestures'], to: ['accrued'] }),
  advanced: `-(${owed('settlement', 'advance')})`,
  // By debit notes, less what was set off against statements; that was never paid.
  debited: `${moved({ in: 'settlement', to: ['accrued'], rules: ['20'] })} - ${moved({ in: 'settlement', from: ['accrued', 'payable'], rules: ['20'] })}`,
  // Every try that came back, also when it was paid later: after its debit (17), before it (16).
  returned: moved({ in: 'settlement', from: BANK, to: OF_PLACES }),
  rejected: moved({ in: 'settlement', from: ['transit'], to: OF_PLACES }),
};

export async function readCents(inspector: pg.Client): Promise<YearCents> {
  const columns = Object.entries(CENTS).map(([name, sql]) => `(${sql})::bigint as "${name}"`);
  const { rows } = await inspector.query<Record<CentsName, string>>(`select ${columns.join(', ')}`);
  return Object.fromEntries(Object.entries(rows[0]!).map(([name, value]) => [name, Number(value)])) as YearCents;
}
