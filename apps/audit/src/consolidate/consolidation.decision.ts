// The books of all three services as one, at a moment, from audit's own copy. Both halves of what crosses come from one event, so that
// nothing is under way in it: clearing accounts of a pair are always each other's opposite.
import { CHART, kindOf, type AccountClass, type Ledger } from '#libs/ledger';

export type BookLine = Readonly<{
  ledger: Ledger; custodyAccountId: string; programme: string; account: string; amount: bigint; transfers: number;
}>;
/** What vouchers of a programme were used and expired for, less what was undone and given again. */
export type Used = Readonly<{ custodyAccountId: string; programme: string; redeemed: bigint; breakage: bigint }>;

export type Balance = Readonly<{
  ledger: Ledger; account: string; class: AccountClass; programmeId: string | null; balanceCents: number; transfers: number;
}>;
export type Programme = Readonly<{
  programmeId: string; coverCents: number; outstandingCents: number; expiredCents: number; redeemedCents: number; breakageCents: number;
}>;
export type Consolidated = Readonly<{
  custodyAccountId: string; assetsCents: number; liabilitiesCents: number; ownCents: number; clearingCents: number;
  feesCents: number; commonsCents: number;
  /** Assets less debts: what is the operator's own, or below zero the gap that it has to pay in. */
  coverageCents: number; programmes: Programme[]; accounts: Balance[];
}>;

/** Debit above zero in `amount`; what is shown is above zero on its normal side. */
export function consolidate(lines: readonly BookLine[], used: readonly Used[]): Consolidated[] {
  const custodyAccounts = [...new Set(lines.map(({ custodyAccountId }) => custodyAccountId))].sort();
  return custodyAccounts.map((custodyAccountId) => {
    const isOfIt = (one: Readonly<{ custodyAccountId: string }>) => one.custodyAccountId === custodyAccountId;
    return consolidateOne(custodyAccountId, lines.filter(isOfIt), used.filter(isOfIt));
  });
}

function consolidateOne(custodyAccountId: string, lines: readonly BookLine[], used: readonly Used[]): Consolidated {
  const entryOf = (line: BookLine) => CHART.find(({ ledger, kind }) => ledger === line.ledger && kind === kindOf(line.account))!;
  const classed = lines.map((line) => ({ line, entry: entryOf(line) }));
  const debitOf = (isIn: (one: (typeof classed)[number]) => boolean) =>
    classed.filter(isIn).reduce((sum, { line }) => sum + line.amount, 0n);
  const byClass = (cls: AccountClass) => debitOf(({ entry }) => entry.class === cls);
  const byKind = (kind: string) => debitOf(({ line }) => kindOf(line.account) === kind);
  const [assets, liabilities] = [byClass('asset'), -byClass('liability')];
  return {
    custodyAccountId, assetsCents: Number(assets), liabilitiesCents: Number(liabilities), ownCents: Number(-byClass('own')), clearingCents: Number(byClass('clearing')),
    feesCents: Number(-byKind('fee_income')), commonsCents: Number(-byKind('commons') - byKind('commons_lent')), coverageCents: Number(assets - liabilities),
    programmes: programmesOf(lines, used),
    accounts: classed.map(({ line: { ledger, account, programme, amount, transfers }, entry }) => ({
      ledger, account, class: entry.class, programmeId: idOrNull(programme), balanceCents: Number(entry.normal === 'credit' ? -amount : amount), transfers,
    })),
  };
}

function programmesOf(lines: readonly BookLine[], used: readonly Used[]): Programme[] {
  const names = [...new Set([...lines, ...used].map(({ programme }) => programme))].filter((name) => name !== '').sort();
  return names.map((name) => {
    const owed = (kind: string) =>
      -lines.filter((line) => line.programme === name && line.account === kind).reduce((sum, { amount }) => sum + amount, 0n);
    const own = used.find(({ programme }) => programme === name);
    return {
      programmeId: name, coverCents: Number(owed('prefund')), outstandingCents: Number(owed('outstanding')), expiredCents: Number(owed('expired')),
      redeemedCents: Number(own?.redeemed ?? 0n), breakageCents: Number(own?.breakage ?? 0n),
    };
  });
}

const idOrNull = (programme: string): string | null => (programme === '' ? null : programme);
