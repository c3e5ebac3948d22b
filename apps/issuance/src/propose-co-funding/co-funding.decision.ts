// The rules by which the State paid a part of vouchers of this kind in 2019 and in 2020, as a worked case of co-funding:
// docs/co-funding.md says them in words, with figures that a test computes from here. Another call for projects is another
// rule beside these, with its own name; none is edited once orders were shared by it.
//
// 2019: 20 % at least, more for what makes vouchers be used (a local network of places, a hub, a joint purchase, European
// funds, a territory that needs it), 65 % and 1.2 million euros at most. 2020: half of what was used at most, for purchases
// of 20,000 euros to 3 million, at least half of it by people of the plan for skills (PIC).
import { cents, minus, rateOf, reject, split, type Cents, type PayerId, type Rejected } from '#libs/kernel';
import type { RefusalCode } from '../refusals.js';
import { priceShares, type AgreedShare, type PricedShare, type Sharing } from '../share-amounts.decision.js';

export const STATE_2019 = {
  baseBasisPoints: 2_000, localNetworkBasisPoints: 1_500, territoryBasisPointsMax: 500, hubBasisPoints: 500,
  jointPurchaseBasisPoints: 1_000, europeanFundsBasisPoints: 1_000, basisPointsMin: 2_000, basisPointsMax: 6_500, cap: cents(120_000_000),
} as const;

export type Criteria2019 = Readonly<{
  localNetwork: boolean;
  /** 0 to 500: what the jury gave for population, density and poverty against the mean of the same level. */
  territoryBasisPoints: number;
  hub: boolean; jointPurchase: boolean; europeanFunds: boolean;
}>;
export type StateShare2019 = Readonly<{ basisPoints: number; cap: Cents; amount: Cents }>;

/** Throws RangeError where the territory is outside its bounds. */
export function stateShare2019(criteria: Criteria2019, total: Cents): StateShare2019 {
  const { territoryBasisPoints: territory } = criteria;
  if (territory < 0 || territory > STATE_2019.territoryBasisPointsMax) throw new RangeError(`territory of ${territory} basis points`);
  const points = STATE_2019.baseBasisPoints + territory
    + (criteria.localNetwork ? STATE_2019.localNetworkBasisPoints : 0) + (criteria.hub ? STATE_2019.hubBasisPoints : 0)
    + (criteria.jointPurchase ? STATE_2019.jointPurchaseBasisPoints : 0)
    + (criteria.europeanFunds ? STATE_2019.europeanFundsBasisPoints : 0);
  const basisPoints = Math.min(Math.max(points, STATE_2019.basisPointsMin), STATE_2019.basisPointsMax);
  const asked = rateOf(total, basisPoints);
  return { basisPoints, cap: STATE_2019.cap, amount: asked < STATE_2019.cap ? asked : STATE_2019.cap };
}

/** `basisPoints`: of what the State leaves, in sum the whole of it. */
export type OtherPayer = Readonly<{ payerId: PayerId; basisPoints: number }>;
export type ProposedShares = Readonly<{ sharing: Sharing; shares: readonly PricedShare[] }>;

/** The shares of an order by the rule of 2019, the State first; what exceeds its cap falls to the others. */
export function proposeShares2019(
  state: Readonly<{ payerId: PayerId; criteria: Criteria2019 }>, others: readonly OtherPayer[], total: Cents,
): ProposedShares | Rejected<RefusalCode> {
  const { basisPoints, cap } = stateShare2019(state.criteria, total);
  const rest = split(cents(10_000 - basisPoints), others.map((other) => BigInt(other.basisPoints)));
  const agreed: AgreedShare[] = [
    { payerId: state.payerId, basisPoints, cap },
    ...others.map(({ payerId }, at) => ({ payerId, basisPoints: Number(rest[at]), cap: null })),
  ];
  const shares = priceShares({ total, sharing: 'pro_rata', shares: agreed });
  return 'kind' in shares ? shares : { sharing: 'pro_rata', shares };
}

export const STATE_2020 = {
  usedBasisPointsMax: 5_000, purchaseMin: cents(2_000_000), purchaseMax: cents(300_000_000), picBasisPointsMin: 5_000,
} as const;

/** `usedByPic`: the part of what was used that people of the plan for skills used. */
export type Purchase2020 = Readonly<{ purchase: Cents; used: Cents; usedByPic: Cents }>;

/** At most what the State pays; rounded down, because it is a bound. Throws RangeError when a part is more than its whole. */
export function stateShare2020({ purchase, used, usedByPic }: Purchase2020): Cents | Rejected<RefusalCode> {
  if (minus(purchase, used) < 0n || minus(used, usedByPic) < 0n) throw new RangeError('used more than was bought, or by more than all');
  const { purchaseMin, purchaseMax, picBasisPointsMin, usedBasisPointsMax } = STATE_2020;
  if (purchase < purchaseMin || purchase > purchaseMax) {
    return reject('purchase_outside_rule', { purchaseCentsMin: Number(purchaseMin), purchaseCentsMax: Number(purchaseMax) });
  }
  const isForPic = usedByPic * 10_000n >= used * BigInt(picBasisPointsMin);
  return isForPic ? cents((used * BigInt(usedBasisPointsMax)) / 10_000n) : reject('publics_outside_rule', { picBasisPointsMin });
}
