import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Rejected } from '#libs/kernel';
import { lockByName } from '../database.store.js';
import { listsInForce } from '../import-zones/zone-row.store.js';
import { RedemptionWork } from '../redemption.work.js';
import { CompareZones, DecideZones, ListZoneVersions } from './decide-zones.command.js';
import { decideZones } from './decide-zones.decision.js';
import { changesOf, insertDecision, listVersions, readToDecide } from './zone-version.store.js';

/** The newest of both lists; older ones stay and are asked for by id. */
const VERSIONS_SHOWN = 50;

@CommandHandler(DecideZones)
export class DecideZonesHandler implements ICommandHandler<DecideZones> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ importId, wish, meta }: DecideZones) {
    return this.work.once<null | Rejected>(meta, async (tx) => {
      // Two versions that are accepted at once would each have been compared with the same one.
      await lockByName(tx, 'zones');
      const version = await readToDecide(tx.sql, importId);
      const inForce = (await listsInForce(tx.sql)).find(({ list }) => list === version?.list)?.importId ?? null;
      const refused = decideZones(version, wish, inForce);
      if (refused) return refused;
      await insertDecision(tx, importId, version!.list, wish);
      return null;
    });
  }
}

@QueryHandler(ListZoneVersions)
export class ListZoneVersionsHandler implements IQueryHandler<ListZoneVersions> {
  constructor(private readonly work: RedemptionWork) {}

  execute() {
    return listVersions(this.work.client, VERSIONS_SHOWN);
  }
}

@QueryHandler(CompareZones)
export class CompareZonesHandler implements IQueryHandler<CompareZones> {
  constructor(private readonly work: RedemptionWork) {}

  /** Rows of versions never change, so that what is in force is asked once and the answer is whole. */
  async execute({ importId, asked }: CompareZones) {
    const { client } = this.work;
    const version = await readToDecide(client, importId);
    if (!version) return undefined;
    const comparedWith = (await listsInForce(client)).find(({ list }) => list === version.list)?.importId ?? null;
    return { comparedWith, changes: await changesOf(client, importId, comparedWith, asked) };
  }
}
