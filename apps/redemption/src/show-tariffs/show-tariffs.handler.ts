import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { OVERSEER, readAs } from '#libs/persistence';
import { TARIFFS_SHOWN_MAX } from '../limits.js';
import { RedemptionWork } from '../redemption.work.js';
import { ListTariffs, ShowPrices } from './show-tariffs.query.js';
import { isPlaceKnown, readTariffs, type TariffView } from './tariff-view.store.js';

@QueryHandler(ShowPrices)
export class ShowPricesHandler implements IQueryHandler<ShowPrices> {
  constructor(private readonly work: RedemptionWork) {}

  async execute({ placeId }: ShowPrices): Promise<readonly TariffView[] | undefined> {
    const { client, settings } = this.work;
    if (!await isPlaceKnown(client, placeId)) return undefined;
    return readTariffs(client, {
      placeId, states: ['in_force', 'to_come'], before: null, rowsMax: TARIFFS_SHOWN_MAX, at: settings.clock.override(),
    });
  }
}

@QueryHandler(ListTariffs)
export class ListTariffsHandler implements IQueryHandler<ListTariffs> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ asked }: ListTariffs): Promise<readonly TariffView[]> {
    const at = this.work.settings.clock.override();
    return readAs(this.work, asked.placeId ?? OVERSEER, (sql) => readTariffs(sql, { ...asked, at }));
  }
}
