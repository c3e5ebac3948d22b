// A statement of coverage from what the three ledgers announced: by custody account, what the bank and the card processor
// state against every debt, with what is on its way between ledgers, and the gap line by line. Pure: the same totals give
// the same statement, whoever makes it.
import type { BodyOf, ControlTotalsPublishedV1 } from '#libs/contracts';
import { CHART, kindOf } from '#libs/ledger';

export const LEDGERS = ['issuance', 'redemption', 'settlement'] as const;
export type LedgerName = (typeof LEDGERS)[number];
export type Totals = BodyOf<typeof ControlTotalsPublishedV1>;
export type Announced = Readonly<{ ledger: LedgerName; eventId: string; totals: Totals }>;
type Line = Totals['lines'][number] & Readonly<{ ledger: LedgerName }>;

export type Amount = Readonly<{ ledger: LedgerName; account: string; amountCents: number }>;
export type CoveredAccount = Readonly<{
  custodyAccountId: string;
  /** What is there, as banks state it; cash in transit as the ledger does. */
  assets: readonly Readonly<{
    kind: 'bank' | 'psp' | 'cash_in_transit'; statedOn: string | null; statedCents: number; countedCents: number; ledgerCents: number;
    differences: Totals['stated'][number]['differences']; unaccountedCents: number;
  }>[];
  assetsCents: number;
  /** Every debt, above zero; by programme where one is known. */
  liabilities: readonly (Amount & Readonly<{ programmeId: string | null }>)[];
  liabilitiesCents: number;
  /** Posted by one ledger and not yet taken by another: owed as well. Below zero where a debt was given back and still stands in both. */
  underWayCents: number;
  /** The operator's costs above what it earned, and what others owe the account: what assets may lack, and by which lines. */
  gap: readonly Amount[];
  gapCents: number;
  /** Assets and gap less what is owed: below zero, money is missing that nothing explains. */
  surplusCents: number;
  state: 'covered' | 'gap' | 'differs' | 'uncovered';
}>;
export type Programme = Readonly<{
  programmeId: string; custodyAccountId: string; prefundCents: number; outstandingCents: number; expiredCents: number;
}>;
export type Coverage = Readonly<{ custodyAccounts: readonly CoveredAccount[]; programmes: readonly Programme[] }>;

const classOf = new Map(CHART.map(({ ledger, kind, class: cls }) => [`${ledger}:${kind}`, cls]));
/** Owed to the account, and no money: their debtors may not pay. */
const CLAIMS = ['receivable', 'advance', 'place_receivable'];
/** What places owe after incidents, and have not paid back yet: a claim, though the account is a debt. */
const isOwedByPlaces = ({ account, amountCents }: Readonly<{ account: string; amountCents: number }>): boolean => account === 'accrued' && amountCents > 0;
const total = (amounts: readonly Readonly<{ amountCents: number }>[]): number =>
  amounts.reduce((sum, { amountCents }) => sum + amountCents, 0);

export function coverageOf(announced: readonly Announced[]): Coverage {
  const lines = announced.flatMap(({ ledger, totals }) => totals.lines.map((line): Line => ({ ...line, ledger })));
  const stated = announced.flatMap(({ totals }) => totals.stated);
  const accounts = [...new Set([...lines, ...stated].map(({ custodyAccountId }) => custodyAccountId))].sort();
  return {
    custodyAccounts: accounts.map((id) => coveredAccount(id, ofAccount(lines, id), ofAccount(stated, id))),
    programmes: programmesOf(lines),
  };
}

const ofAccount = <Of extends Readonly<{ custodyAccountId: string }>>(all: readonly Of[], id: string): Of[] =>
  all.filter(({ custodyAccountId }) => custodyAccountId === id);

function coveredAccount(custodyAccountId: string, lines: readonly Line[], stated: Totals['stated']): CoveredAccount {
  const is = (...classes: readonly string[]) => lines.filter(({ ledger, account }) => classes.includes(classOf.get(`${ledger}:${kindOf(account)}`) ?? ''));
  const liabilities = is('liability').filter((line) => !isOwedByPlaces(line)).map(({ ledger, account, programmeId, amountCents }) => ({ ledger, account, programmeId, amountCents: -amountCents }));
  // The operator's own bank account counts as what it took out of this one, less what it paid in.
  const isClaim = ({ account }: Line) => isOwn(account) || CLAIMS.includes(account) || (kindOf(account) === 'bank' && account !== `bank:${custodyAccountId}`);
  const owed = [...is('own', 'asset').filter(isClaim), ...is('liability').filter(isOwedByPlaces)];
  const assets = [...stated.map(({ custodyAccountId: _, ...asset }) => asset), ...inTransit(lines)];
  const assetsCents = assets.reduce((sum, { countedCents }) => sum + countedCents, 0);
  const gapCents = Math.max(total(owed), 0);
  const underWayCents = 0 - total(is('clearing'));
  const surplusCents = assetsCents + gapCents - total(liabilities) - underWayCents;
  const differs = assets.some(({ unaccountedCents }) => unaccountedCents !== 0);
  return {
    custodyAccountId, assets, assetsCents, liabilities, liabilitiesCents: total(liabilities), underWayCents,
    gap: owed.map(({ ledger, account, amountCents }) => ({ ledger, account, amountCents })), gapCents, surplusCents,
    state: surplusCents < 0 ? 'uncovered' : differs ? 'differs' : gapCents > 0 ? 'gap' : 'covered',
  };
}

const isOwn = (account: string): boolean => LEDGERS.some((ledger) => classOf.get(`${ledger}:${account}`) === 'own');

function inTransit(lines: readonly Line[]): CoveredAccount['assets'] {
  const cents = total(lines.filter(({ account }) => account === 'cash_in_transit'));
  if (cents === 0) return [];
  return [{ kind: 'cash_in_transit', statedOn: null, statedCents: cents, countedCents: cents, ledgerCents: cents, differences: [], unaccountedCents: 0 }];
}

function programmesOf(lines: readonly Line[]): Programme[] {
  const of = lines.filter((line): line is Line & { programmeId: string } => line.programmeId !== null);
  const keys = [...new Set(of.map(({ programmeId, custodyAccountId }) => `${programmeId} ${custodyAccountId}`))].sort();
  return keys.map((key) => {
    const [programmeId = '', custodyAccountId = ''] = key.split(' ');
    const its = ofAccount(of, custodyAccountId).filter((line) => line.programmeId === programmeId);
    const owes = (kind: string) => 0 - total(its.filter(({ account }) => account === kind));
    return { programmeId, custodyAccountId, prefundCents: owes('prefund'), outstandingCents: owes('outstanding'), expiredCents: owes('expired') };
  });
}
