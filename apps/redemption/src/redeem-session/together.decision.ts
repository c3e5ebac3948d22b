// Several vouchers of one person for one participation: all are taken or none, and their prices are judged as one. Pure.
import { isRejected, minus, plus, reject, sum, ZERO, type Cents, type Rejected } from '#libs/kernel';
import {
  decideRedemption, type Attempt, type Redeemed, type Redemption, type Standing, type Voucher,
} from '../redeem-voucher/redeem-voucher.decision.js';

/** A voucher, what is asked of it and where; no two of a participation are of one voucher. */
export type Case = readonly [Voucher | undefined, Attempt, Standing];

/**
 * The first speaks for all: it keeps the tariff and what the others pay beside it. A refusal is that of the first voucher that
 * is refused, with its number among them: `voucher`, from 0.
 */
export function decideTogether(cases: readonly Case[]): readonly Redeemed[] | Rejected {
  const amounts = cases.map(amountOf);
  const paid = plus(sum(amounts), sum(cases.map(([, { coPayment }]) => coPayment)));
  const decided: Redeemed[] = [];
  for (const [at, [voucher, attempt, standing]] of cases.entries()) {
    const beside = minus(minus(paid, amounts[at]!), attempt.coPayment);
    const outcome = decideRedemption(voucher, { ...attempt, beside }, standing);
    if (isRejected(outcome)) return reject(outcome.code, { ...outcome.details, voucher: at });
    decided.push(outcome);
  }
  const [lead, ...others] = decided as [Redeemed, ...Redeemed[]];
  const beside = minus(sum(amounts), amounts[0]!);
  return [
    { ...lead, redemption: { ...lead.redemption, ...(beside > 0n && { beside }) } },
    ...others.map((other) => ({ ...other, redemption: spokenFor(other.redemption, lead.redemption) })),
  ];
}

/** An amount that is missing is refused by the decision itself, whatever the others pay. */
const amountOf = ([voucher, { amount }]: Case): Cents => amount ?? (voucher?.batch.unit ? voucher.batch.face : ZERO);

function spokenFor({ tariff: _, ...redemption }: Redemption, { id }: Redemption): Redemption {
  return { ...redemption, participationOf: id };
}
