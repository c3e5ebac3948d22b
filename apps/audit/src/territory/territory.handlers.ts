import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { dayIn } from '#libs/kernel';
import { AuditWork } from '../audit.work.js';
import { listCoefficients } from '../impact/coefficient.store.js';
import { OPERATOR_ZONE } from '../limits.js';
import { areaFacts, readUpTo } from './area-facts.store.js';
import { bandsOf, yearDays } from './place-earnings.decision.js';
import { placeEarnings } from './place-earnings.store.js';
import { programmeMoney } from './programme-money.store.js';
import { ShowAreas, ShowPlaceEarnings } from './territory.queries.js';

@QueryHandler(ShowAreas)
export class ShowAreasHandler implements IQueryHandler<ShowAreas> {
  constructor(private readonly work: AuditWork) {}

  async execute({ asked }: ShowAreas) {
    // The number first: what arrives in between is counted and not promised, never the other way round.
    const readTo = await readUpTo(this.work.client);
    const [areas, money] = await Promise.all([areaFacts(this.work.client, asked), programmeMoney(this.work.client, asked.programmeId)]);
    return { readTo, areas, money };
  }
}

@QueryHandler(ShowPlaceEarnings)
export class ShowPlaceEarningsHandler implements IQueryHandler<ShowPlaceEarnings> {
  constructor(private readonly work: AuditWork) {}

  async execute({ year }: ShowPlaceEarnings) {
    const { client, settings } = this.work;
    const readTo = await readUpTo(client);
    const [places, coefficients] = await Promise.all([placeEarnings(client, year), listCoefficients(client)]);
    // The newest version of each comes first.
    const range = coefficients.find(({ code }) => code === 'consolidating_cents_per_year') ?? null;
    const today = dayIn(OPERATOR_ZONE, settings.clock.override() ?? new Date());
    return { places, range, bands: bandsOf(places, range), isOver: yearDays(year)[1] < today, readTo };
  }
}
