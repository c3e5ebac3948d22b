// The arithmetic of a statement (decision 19): per programme and version of its fee rule, the fee without VAT on the sum
// of the lines, VAT on the fee, and the commons share; the net is what remains. Never per line: cents would be lost.
import { cents, rateOf, split, sum, ZERO, type Cents, type PayeeId, type ProgrammeId } from '#libs/kernel';
import { accounts, transfer, transferIfAny, type Posting } from '#libs/ledger';

export type Rates = Readonly<{ feeBasisPoints: number; vatBasisPoints: number; commonsBasisPoints: number }>;

/** The lines of one payee that share a fee rule. */
export type ClaimGroup = Readonly<{ programmeId: ProgrammeId; feeRuleVersion: number; lineCount: number; gross: Cents; rates: Rates }>;
export type Shares = Readonly<{ gross: Cents; fee: Cents; vat: Cents; commons: Cents; net: Cents }>;
export type FeeGroup = ClaimGroup & Shares;

export type ClosableClaims = Readonly<{ payeeId: PayeeId; custodyAccountId: string; groups: readonly ClaimGroup[] }>;
export type DecidedStatement = Readonly<{ kind: 'closed'; lineCount: number; groups: readonly FeeGroup[]; total: Shares; posting: Posting }>;

export function sharesOf(gross: Cents, { feeBasisPoints, vatBasisPoints, commonsBasisPoints }: Rates): Shares {
  const fee = rateOf(gross, feeBasisPoints);
  const vat = rateOf(fee, vatBasisPoints);
  const commons = rateOf(gross, commonsBasisPoints);
  return { gross, fee, vat, commons, net: cents(gross - fee - vat - commons) };
}

/**
 * `carried`: nothing would be left to pay (a few cents, whose rounded fee eats them all; lines that undo each other), or
 * less than nothing. The lines stay open and join the next statement, which loses nothing: a statement takes all lines
 * after the payee's last one.
 */
export function decideStatement({ payeeId, custodyAccountId, groups }: ClosableClaims, pool: string): DecidedStatement | { kind: 'carried' } {
  if (groups.some(({ gross }) => gross < 0n)) return { kind: 'carried' };
  const closed = groups.map((group): FeeGroup => ({ ...group, ...sharesOf(group.gross, group.rates) }));
  const total = totalOf(closed);
  if (closed.some(({ net }) => net < 0n) || total.net <= 0n) return { kind: 'carried' };
  return {
    kind: 'closed', groups: closed, total, lineCount: groups.reduce((count, group) => count + group.lineCount, 0),
    posting: { rule: '12', custodyAccountId, transfers: transfersOf(payeeId, total, pool) },
  };
}

const totalOf = (groups: readonly Shares[]): Shares => ({
  gross: sum(groups.map(({ gross }) => gross)), fee: sum(groups.map(({ fee }) => fee)), vat: sum(groups.map(({ vat }) => vat)),
  commons: sum(groups.map(({ commons }) => commons)), net: sum(groups.map(({ net }) => net)),
});

function transfersOf(payeeId: PayeeId, { fee, vat, commons, net }: Shares, pool: string): Posting['transfers'] {
  const { settlement } = accounts;
  const accrued = settlement.accrued(payeeId);
  return [
    transfer(accrued, settlement.payable(payeeId), net),
    ...transferIfAny(accrued, settlement.feeIncome, fee),
    ...transferIfAny(accrued, settlement.vatCollected, vat),
    ...transferIfAny(accrued, settlement.commons(pool), commons),
  ];
}

/** `undone`: this line and another one of its group take each other back. */
export type LineGross = Readonly<{ gross: Cents; undone: boolean }>;

/**
 * What each line shows of its group's shares, by largest remainder; what a line's parts do not use is the place's. Lines
 * that take each other back bear nothing.
 */
export function sharesOfLines({ fee, vat, commons }: Shares, lines: readonly LineGross[]): Shares[] {
  const weights = lines.map(({ gross, undone }) => (undone ? ZERO : gross));
  const spread = (amount: Cents) => (amount === ZERO ? lines.map(() => ZERO) : split(amount, weights));
  const [fees, vats, shares] = [spread(fee), spread(vat), spread(commons)];
  return lines.map(({ gross }, index) => {
    const [ownFee, ownVat, ownCommons] = [fees[index]!, vats[index]!, shares[index]!];
    return { gross, fee: ownFee, vat: ownVat, commons: ownCommons, net: cents(gross - ownFee - ownVat - ownCommons) };
  });
}
