// Tariffs of a place and what stands beside them, as the page reads them.
import { z } from 'zod';
import type { Read, Services } from '../services.js';

const tariff = z.object({
  tariffId: z.string(), service: z.string(), tariffVersion: z.int(), from: z.string(), priceCents: z.int(), state: z.enum(['waiting', 'past', 'in_force', 'to_come']),
  components: z.object({
    preparationCents: z.int(), renderingMinutes: z.int(), hourlyCostCents: z.int(), premisesCents: z.int(), travelCents: z.int(),
    otherCents: z.int(),
    otherName: z.string().nullable(), groupSize: z.int(),
  }),
});
const tariffs = z.object({ items: z.array(tariff) }).transform(({ items }) => items);
const comparison = z.object({
  since: z.string(), departement: z.string().nullable(), groupMin: z.int(), unknownCount: z.int(),
  services: z.array(z.object({
    service: z.string(), tariffCents: z.int().nullable(),
    own: z.object({ count: z.int(), askedCents: z.int(), paidCents: z.int(), givenCents: z.int() }),
    territory: z.object({ count: z.int(), firstQuartileCents: z.int(), medianCents: z.int(), thirdQuartileCents: z.int() }).nullable(),
  })),
});
export type Tariff = z.output<typeof tariff>;
export type Comparison = z.output<typeof comparison>;
export type TariffsView = Readonly<{ tariffs: Read<readonly Tariff[]>; comparison: Read<Comparison> }>;
const SHOWN_MAX = 100;

export async function loadTariffs(services: Services, bearer: string): Promise<TariffsView> {
  const [own, compared] = await Promise.all([
    services.get(`/redemption/tariffs?limit=${SHOWN_MAX}`, tariffs, bearer), services.get('/redemption/price-comparison', comparison, bearer),
  ]);
  return { tariffs: own, comparison: compared };
}
