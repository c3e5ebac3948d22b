import { Query } from '@nestjs/cqrs';
import type { PlaceId, TariffId } from '#libs/kernel';
import type { TariffState, TariffView } from './tariff-view.store.js';

/** Of each service of a place, what counts today and what will; undefined for a place that is not registered. */
export class ShowPrices extends Query<readonly TariffView[] | undefined> {
  constructor(readonly placeId: PlaceId) {
    super();
  }
}

export type TariffsAsked = Readonly<{
  placeId: PlaceId | null; states: readonly TariffState[] | null; before: TariffId | null; rowsMax: number;
}>;

/** Every version with what it is composed of, newest first, from the one before `before` on. */
export class ListTariffs extends Query<readonly TariffView[]> {
  constructor(readonly asked: TariffsAsked) {
    super();
  }
}
