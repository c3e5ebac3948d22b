import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { TariffPublishedV1 } from '#libs/contracts';
import { dayIn, idOf, isRejected, reject, toWire, type Rejected } from '#libs/kernel';
import { lockByName } from '../database.store.js';
import { RedemptionWork } from '../redemption.work.js';
import { areRaisesWatched, countingTariffs, insertTariff, zoneOf } from '../tariff.store.js';
import { SetTariff, type SetPrice } from './set-tariff.command.js';
import { decideTariff } from './set-tariff.decision.js';

@CommandHandler(SetTariff)
export class SetTariffHandler implements ICommandHandler<SetTariff> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ asked, meta }: SetTariff) {
    return this.work.once<SetPrice | Rejected>(meta, async (tx) => {
      const { placeId, service, otherName, components } = asked;
      // Two versions at once would both call themselves the next; and an accreditation meanwhile would have raises watched.
      await lockByName(tx, `place:${placeId}`);
      const zone = await zoneOf(tx, placeId);
      if (zone === undefined) return reject('place_not_registered');
      const today = dayIn(zone, tx.now);
      const decided = decideTariff(asked, {
        today, counting: await countingTariffs(tx, placeId, service), raiseNeedsApproval: await areRaisesWatched(tx, placeId, today),
      });
      if (isRejected(decided)) return decided;

      const tariffId = idOf('tariff', tx.newId());
      const { from, price, needsApproval } = decided;
      const version = await insertTariff(tx, { id: tariffId, placeId, service, components, otherName, ...decided });
      const told = { tariffId, placeId, service, version, from, priceCents: toWire(price) };
      // What waits for its approval is no price yet: it is told when it becomes one.
      if (!needsApproval) await tx.emit(TariffPublishedV1, { subject: `tariff:${tariffId}`, body: { ...told, currency: 'EUR' } });
      return { ...told, needsApproval };
    });
  }
}
