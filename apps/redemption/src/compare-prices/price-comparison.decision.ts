// What a place asks for a service beside what others of its territory ask: of redemptions that really were, and never of so few that a
// visitor could be told by them.
import { cents, type Cents } from '#libs/kernel';
import type { ServiceCode } from '#libs/contracts';

/** So many redemptions of one service were at this price. */
export type PriceCount = Readonly<{ service: ServiceCode; priceCents: number; count: number }>;
export type TerritoryRange = Readonly<{ count: number; firstQuartileCents: number; medianCents: number; thirdQuartileCents: number }>;

/** Undefined for fewer than `groupMin` redemptions. Quartiles are prices that were really asked, none between two of them. */
export function rangeOf(prices: readonly Omit<PriceCount, 'service'>[], groupMin: number): TerritoryRange | undefined {
  const count = prices.reduce((sum, price) => sum + price.count, 0);
  if (count < groupMin) return undefined;
  const sorted = [...prices].sort((one, other) => one.priceCents - other.priceCents);
  const at = (part: number): number => {
    let left = Math.ceil(part * count);
    return sorted.find((price) => (left -= price.count) <= 0)!.priceCents;
  };
  return { count, firstQuartileCents: at(0.25), medianCents: at(0.5), thirdQuartileCents: at(0.75) };
}

/** Of the place itself. `unpriced`: redeemed while nobody knew its tariff, so that nothing can be said of them. */
export type OwnService = Readonly<{
  service: ServiceCode | null; priced: number; unpriced: number; askedCents: bigint; paidCents: bigint;
}>;
export type ComparedService = Readonly<{
  service: ServiceCode; tariffCents: Cents | null; own: Readonly<{ count: number; asked: Cents; paid: Cents; given: Cents }>;
  territory: TerritoryRange | null;
}>;

/** Every service that the place asks a price for, or was used for there with one. */
export function compareServices(
  { tariffs, own, others }: Readonly<{
    tariffs: ReadonlyMap<ServiceCode, Cents>; own: readonly OwnService[]; others: readonly PriceCount[];
  }>, groupMin: number,
): ComparedService[] {
  const named = own.flatMap(({ service, priced }) => (service && priced > 0 ? [service] : []));
  return [...new Set([...tariffs.keys(), ...named])].sort().map((service) => {
    const mine = own.find((one) => one.service === service);
    const [asked, paid] = [cents(mine?.askedCents ?? 0n), cents(mine?.paidCents ?? 0n)];
    return {
      service, tariffCents: tariffs.get(service) ?? null,
      own: { count: mine?.priced ?? 0, asked, paid, given: cents(asked - paid) },
      territory: rangeOf(others.filter((one) => one.service === service), groupMin) ?? null,
    };
  });
}
