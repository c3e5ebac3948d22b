import { Query } from '@nestjs/cqrs';
import type { Published } from '../impact/coefficient.store.js';
import type { AreaFacts, AreasAsked } from './area-facts.store.js';
import type { ProgrammeMoney } from './programme-money.store.js';
import type { Bands, PlaceEarned } from './place-earnings.decision.js';

/** `readTo`: the last event of redemption's that was there. */
export type Areas = Readonly<{ areas: readonly AreaFacts[]; money: ProgrammeMoney; readTo: number }>;

/** Of a programme, in whole months of service, by commune, EPCI and département. */
export class ShowAreas extends Query<Areas> {
  constructor(readonly asked: AreasAsked) {
    super();
  }
}

/** `range`: the latest version of the coefficient, null where none is published. `isOver` false: the year goes on. */
export type Earnings = Readonly<{
  places: readonly PlaceEarned[]; bands: Bands | null; range: Published | null; isOver: boolean; readTo: number;
}>;

export class ShowPlaceEarnings extends Query<Earnings> {
  constructor(readonly year: number) {
    super();
  }
}
