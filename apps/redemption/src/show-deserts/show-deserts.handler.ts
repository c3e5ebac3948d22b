import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { dayIn, reject } from '#libs/kernel';
import { OPERATOR_ZONE } from '../limits.js';
import { listsInForce, zonesOfCommunes } from '../import-zones/zone-row.store.js';
import { territoryOn } from '../place.store.js';
import { RedemptionWork } from '../redemption.work.js';
import type { RefusalCode } from '../refusals.js';
import { reachOf } from './deserts.decision.js';
import { accreditedPlaces, directoryImports, readDirectory } from './directory.store.js';
import { ShowDeserts } from './show-deserts.query.js';

@QueryHandler(ShowDeserts)
export class ShowDesertsHandler implements IQueryHandler<ShowDeserts> {
  constructor(private readonly work: RedemptionWork) {}

  async execute({ programmeId, farKm }: ShowDeserts) {
    const { client: sql, settings } = this.work;
    const on = dayIn(OPERATOR_ZONE, settings.clock.override() ?? new Date());
    const territory = await territoryOn({ sql }, programmeId, on);
    if (!territory) return reject('programme_not_found' satisfies RefusalCode);
    const [directory, accredited, imports, zoneLists] = await Promise.all([
      readDirectory(sql), accreditedPlaces(sql, programmeId, on), directoryImports(sql), listsInForce(sql),
    ]);
    const { placesWithoutCommune, communes } = directory;
    const reach = reachOf({ territory, farKm }, { directory: communes, accredited });
    const known = new Map((await zonesOfCommunes(sql, zoneLists, reach.map(({ code }) => code))).map((one) => [one.commune, one]));
    return {
      on, accredited, imports, placesWithoutCommune, zoneLists,
      communes: reach.map((one) => ({ ...one, zones: known.get(one.code) })),
    };
  }
}
