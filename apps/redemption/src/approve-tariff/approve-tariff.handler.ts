import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { TariffPublishedV1 } from '#libs/contracts';
import { dayIn, isRejected, reject, toWire, type Rejected } from '#libs/kernel';
import { lockByName } from '../database.store.js';
import { RedemptionWork } from '../redemption.work.js';
import { insertApproval, placeOfTariff, readTariff } from '../tariff.store.js';
import { ApproveTariff, type ApprovedTariff } from './approve-tariff.command.js';
import { decideApproval } from './approve-tariff.decision.js';

@CommandHandler(ApproveTariff)
export class ApproveTariffHandler implements ICommandHandler<ApproveTariff> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ tariffId, meta }: ApproveTariff) {
    return this.work.once<ApprovedTariff | Rejected>(meta, async (tx) => {
      const placeId = await placeOfTariff(tx, tariffId);
      if (!placeId) return reject('tariff_not_found');
      // The place could declare the next one meanwhile, and this would then be approved over its head.
      await lockByName(tx, `place:${placeId}`);
      const tariff = await readTariff(tx, tariffId);
      const countsFrom = decideApproval(tariff, dayIn(tariff!.timeZone, tx.now));
      if (isRejected(countsFrom)) return countsFrom;

      const { service, version, price } = tariff!;
      await insertApproval(tx, tariffId, countsFrom);
      await tx.emit(TariffPublishedV1, {
        subject: `tariff:${tariffId}`,
        body: { tariffId, placeId, service, version, from: countsFrom, priceCents: toWire(price), currency: 'EUR' },
      });
      return { tariffId, countsFrom };
    });
  }
}
