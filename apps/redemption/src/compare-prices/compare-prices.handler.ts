import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { addDays, cents, dayIn } from '#libs/kernel';
import { OPERATOR_ZONE, PUBLIC_GROUP_MIN, RANGE_DAYS_MAX, TARIFFS_SHOWN_MAX } from '../limits.js';
import { RedemptionWork } from '../redemption.work.js';
import { isPlaceKnown, readTariffs } from '../show-tariffs/tariff-view.store.js';
import { ComparePrices, type Comparison } from './compare-prices.query.js';
import { compareServices } from './price-comparison.decision.js';
import { departementOf, ownServices } from './price-comparison.store.js';
import { TerritoryPrices } from './territory-prices.js';

@QueryHandler(ComparePrices)
export class ComparePricesHandler implements IQueryHandler<ComparePrices> {
  constructor(private readonly work: RedemptionWork, private readonly territories: TerritoryPrices) {}

  async execute({ placeId }: ComparePrices): Promise<Comparison | undefined> {
    const { client, settings } = this.work;
    if (!await isPlaceKnown(client, placeId)) return undefined;
    const at = settings.clock.override() ?? new Date();
    const since = addDays(dayIn(OPERATOR_ZONE, at), 1 - RANGE_DAYS_MAX);
    const departement = await departementOf(client, placeId);
    const own = await ownServices(client, placeId, since);
    const asked = { placeId, states: ['in_force'] as const, before: null, rowsMax: TARIFFS_SHOWN_MAX, at: settings.clock.override() ?? null };
    const tariffs = new Map((await readTariffs(client, asked)).map(({ service, price }) => [service, cents(price)]));
    const others = departement === null ? [] : await this.territories.around(placeId, departement, { since, at });
    return {
      since, departement, services: compareServices({ tariffs, own, others }, PUBLIC_GROUP_MIN),
      unknownCount: own.reduce((count, { service, priced, unpriced }) => count + unpriced + (service === null ? priced : 0), 0),
    };
  }
}
