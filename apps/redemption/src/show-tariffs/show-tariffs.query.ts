import { Query } from '@nestjs/cqrs';
import type { PlaceId } from '#libs/kernel';
import type { TariffsAsked, TariffView } from './tariff-view.store.js';

/** Of each service of a place, what counts today and what will; undefined for a place that is not registered. */
export class ShowPrices extends Query<readonly TariffView[] | undefined> {
  constructor(readonly placeId: PlaceId) {
    super();
  }
}

/** Every version with what it is composed of, newest first, from the one before `before` on. */
export class ListTariffs extends Query<readonly TariffView[]> {
  constructor(readonly asked: TariffsAsked) {
    super();
  }
}
