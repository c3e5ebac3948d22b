// The arithmetic of a statement (decision 19): per programme and version of its fee rule, the fee without VAT on the sum
// of the lines, VAT on the fee, and the commons share; the net is what remains. Never per line: cents would be lost.
import { cents, rateOf, split, sum, ZERO, type Cents, type PayeeId, type ProgrammeId } from '#libs/kernel';
import { accounts, transfer, transferIfAny, type Posting } from '#libs/ledger';
import { divideCommons, intoPools, type CommonsShare } from '../sharing-rules/divide-commons.decision.js';
import type { SharingRules } from '../sharing-rules/sharing-rule.decision.js';

export type Rates = Readonly<{ feeBasisPoints: number; vatBasisPoints: number; commonsBasisPoints: number }>;

/** The lines of one payee that share a fee rule. */
export type ClaimGroup = Readonly<{ programmeId: ProgrammeId; feeRuleVersion: number; lineCount: number; gross: Cents; rates: Rates }>;
export type Shares = Readonly<{ gross: Cents; fee: Cents; vat: Cents; commons: Cents; net: Cents }>;
/** What is not kept of the gross but owed beside the statement, by a payee that accepted no netting. */
export type Billed = Readonly<{ billedFee: Cents; billedVat: Cents }>;
export type FeeGroup = ClaimGroup & Shares & Billed;

export type ClosableClaims = Readonly<{ payeeId: PayeeId; custodyAccountId: string; groups: readonly ClaimGroup[] }>;
export type DecidedStatement = Readonly<{
  kind: 'closed'; lineCount: number; groups: readonly FeeGroup[]; total: Shares; posting: Posting;
  /** Fee and VAT beside the statement, with their posting: below zero where more came back than became due. */
  billed: (Billed & Readonly<{ posting: Posting }>) | null;
  /** Of programmes with a sharing rule: none where all goes to the national pool. */
  commonsShares: readonly CommonsShare[];
}>;
/** What it would have come to. */
export type CarriedClaims = Readonly<{ kind: 'carried'; total: Shares }>;

/** Of what is taken back, the fee, its VAT and the commons share come back too: a place does not repay a fee that it never bore. */
export function sharesOf(gross: Cents, rates: Rates): Shares {
  if (gross < 0n) return negated(sharesOf(cents(-gross), rates));
  const { feeBasisPoints, vatBasisPoints, commonsBasisPoints } = rates;
  const fee = rateOf(gross, feeBasisPoints);
  const vat = rateOf(fee, vatBasisPoints);
  const commons = rateOf(gross, commonsBasisPoints);
  return { gross, fee, vat, commons, net: cents(gross - fee - vat - commons) };
}

const negated = ({ gross, fee, vat, commons, net }: Shares): Shares =>
  ({ gross: cents(-gross), fee: cents(-fee), vat: cents(-vat), commons: cents(-commons), net: cents(-net) });

/** All commons shares are the national pool's. */
const NO_SHARING: SharingRules = new Map();

/**
 * `carried`: nothing would be left to pay (a few cents, whose rounded fee eats them all; lines that undo each other), or
 * less than nothing, because of incidents. The lines stay open and join the next statement, which loses nothing: a statement takes
 * all lines after the payee's last one.
 */
export function decideStatement(
  { payeeId, custodyAccountId, groups }: ClosableClaims, pool: string, isNetted = true, sharing: SharingRules = NO_SHARING,
): DecidedStatement | CarriedClaims {
  const counted = countGroups(groups, isNetted);
  const total = counted?.total ?? totalOf(withShares(groups, isNetted));
  // Fees that come back of an older rule may be more than those of now: then a later statement bears them.
  if (!counted || total.net <= 0n || [total.fee, total.vat, total.commons].some((amount) => amount < 0n)) return { kind: 'carried', total };
  const commonsShares = divideCommons(counted.groups, sharing);
  const accrued = accounts.settlement.accrued(payeeId);
  const transfers = [...transfersOf(payeeId, total), ...intoPools(accrued, total.commons, commonsShares, pool)];
  return {
    kind: 'closed', ...counted, commonsShares, posting: { rule: '12', custodyAccountId, transfers },
    billed: billedOf(payeeId, custodyAccountId, counted.groups),
  };
}

export type CountedGroups = Pick<DecidedStatement, 'lineCount' | 'groups' | 'total'>;

/**
 * Each group with its shares, and their sum. Nothing where rounded parts of a few cents come to more than their whole, below nothing as
 * above it.
 */
export function countGroups(groups: readonly ClaimGroup[], isNetted = true): CountedGroups | undefined {
  const counted = withShares(groups, isNetted);
  if (counted.some(({ gross, net }) => (gross >= 0n ? net < 0n : net > 0n))) return undefined;
  return { groups: counted, total: totalOf(counted), lineCount: groups.reduce((count, group) => count + group.lineCount, 0) };
}

const withShares = (groups: readonly ClaimGroup[], isNetted: boolean): FeeGroup[] =>
  groups.map((group) => ({ ...group, ...keptOf(sharesOf(group.gross, group.rates), isNetted) }));

/** Without netting the place gets what is left of the gross after the commons share, and owes the fee and its VAT. */
function keptOf({ gross, fee, vat, commons, net }: Shares, isNetted: boolean): Shares & Billed {
  if (isNetted) return { gross, fee, vat, commons, net, billedFee: ZERO, billedVat: ZERO };
  return { gross, fee: ZERO, vat: ZERO, commons, net: cents(gross - commons), billedFee: fee, billedVat: vat };
}

function billedOf(payeeId: PayeeId, custodyAccountId: string, groups: readonly FeeGroup[]): DecidedStatement['billed'] {
  const billedFee = sum(groups.map((group) => group.billedFee));
  const billedVat = sum(groups.map((group) => group.billedVat));
  const { settlement } = accounts;
  const owed = settlement.placeReceivable(payeeId);
  const move = (income: typeof owed, amount: Cents) =>
    (amount < 0n ? transferIfAny(income, owed, cents(-amount)) : transferIfAny(owed, income, amount));
  const transfers = [...move(settlement.feeIncome, billedFee), ...move(settlement.vatCollected, billedVat)];
  return transfers.length === 0 ? null : { billedFee, billedVat, posting: { rule: '13', custodyAccountId, transfers } };
}

const totalOf = (groups: readonly Shares[]): Shares => ({
  gross: sum(groups.map(({ gross }) => gross)), fee: sum(groups.map(({ fee }) => fee)), vat: sum(groups.map(({ vat }) => vat)),
  commons: sum(groups.map(({ commons }) => commons)), net: sum(groups.map(({ net }) => net)),
});

function transfersOf(payeeId: PayeeId, { fee, vat, net }: Shares): Posting['transfers'] {
  const { settlement } = accounts;
  const accrued = settlement.accrued(payeeId);
  return [
    transfer(accrued, settlement.payable(payeeId), net),
    ...transferIfAny(accrued, settlement.feeIncome, fee),
    ...transferIfAny(accrued, settlement.vatCollected, vat),
  ];
}

/** `undone`: this line and another one of its group take each other back. Less than nothing otherwise: an incident. */
export type LineGross = Readonly<{ gross: Cents; undone: boolean }>;

/**
 * What each line shows of its group's shares, by largest remainder; what a line's parts do not use is the place's. Lines
 * that take each other back bear nothing. Incidents show what comes back by the group's rates, and the others bear the rest; in a
 * group that comes to less than nothing the others show theirs, and incidents share what comes back.
 */
export function sharesOfLines(group: Shares & Readonly<{ rates: Rates }>, lines: readonly LineGross[]): Shares[] {
  const isOfSign = (gross: Cents) => (group.gross < 0n ? gross < 0n : gross > 0n);
  const bearing = lines.some(({ gross, undone }) => !undone && isOfSign(gross));
  const own = lines.map(({ gross, undone }) => (bearing && !undone && !isOfSign(gross) ? sharesOf(gross, group.rates) : undefined));
  const weights = lines.map(({ gross, undone }, at) => (undone || own[at] ? ZERO : cents(gross < 0n ? -gross : gross)));
  const partOf = (name: 'fee' | 'vat' | 'commons') => {
    const rest = cents(group[name] - sum(own.map((shares) => shares?.[name] ?? ZERO)));
    return spread(rest, weights).map((part, at) => own[at]?.[name] ?? part);
  };
  const [fees, vats, shares] = [partOf('fee'), partOf('vat'), partOf('commons')];
  return lines.map(({ gross }, index) => {
    const [ownFee, ownVat, ownCommons] = [fees[index]!, vats[index]!, shares[index]!];
    return { gross, fee: ownFee, vat: ownVat, commons: ownCommons, net: cents(gross - ownFee - ownVat - ownCommons) };
  });
}

function spread(amount: Cents, weights: readonly Cents[]): Cents[] {
  if (amount === ZERO) return weights.map(() => ZERO);
  return amount < 0n ? split(cents(-amount), weights).map((part) => cents(-part)) : split(amount, weights);
}
