// Which payer's cents a redemption used. An activation tells what each payer bore of a range; a voucher of it is given the
// cents of its place in the range, one by one by Sainte-Laguë's rule over what the activation says, so that the parts of
// all vouchers add up to it exactly. Who redeems first uses the first cents of the voucher (ADR 0028).
import type { PayerPart } from './kept-event.decision.js';

export function sharesOfCents(shares: readonly PayerPart[], from: number, to: number): PayerPart[] {
  const finals = shares.map(({ amountCents }) => BigInt(amountCents));
  const [before, after] = [firstCents(BigInt(from), finals), firstCents(BigInt(to), finals)];
  return shares.flatMap(({ payerId }, at) => {
    const amountCents = Number(after[at]! - before[at]!);
    return amountCents > 0 ? [{ payerId, amountCents }] : [];
  });
}

/** How many of the first `n` cents each bears: cent j of payer k has the rank (2j + 1) / final k, the lowest go first. */
function firstCents(n: bigint, finals: readonly bigint[]): bigint[] {
  const whole = finals.reduce((a, b) => a + b, 0n);
  if (whole === 0n) return finals.map(() => 0n);
  const capped = n > whole ? whole : n;
  const given = finals.map((final) => (2n * capped * final + whole) / (2n * whole));
  let left = capped - given.reduce((a, b) => a + b, 0n);
  for (; left > 0n; left -= 1n) given[lowest(finals, (at) => 2n * given[at]! + 1n, (a, b) => a < b)]! += 1n;
  for (; left < 0n; left += 1n) given[lowest(finals, (at) => 2n * given[at]! - 1n, (a, b) => a >= b)]! -= 1n;
  return given;
}

function lowest(finals: readonly bigint[], rank: (at: number) => bigint, before: (a: bigint, b: bigint) => boolean): number {
  let best = -1;
  for (let at = 0; at < finals.length; at += 1) {
    if (finals[at] !== 0n && (best < 0 || before(rank(at) * finals[best]!, rank(best) * finals[at]!))) best = at;
  }
  return best;
}
