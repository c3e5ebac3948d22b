import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DeviceRuleSetV1 } from '#libs/contracts';
import { reject, type Rejected } from '#libs/kernel';
import { readAs } from '#libs/persistence';
import { lockByName } from '../database.store.js';
import { countDevices, isPlaceKnown } from '../enrol-device/device.store.js';
import { RedemptionWork } from '../redemption.work.js';
import type { RefusalCode } from '../refusals.js';
import { insertDeviceRule, readDeviceRule } from './device-rule.store.js';
import { SetDeviceRule, ShowDeviceRule, type DeviceRule } from './set-device-rule.command.js';

@CommandHandler(SetDeviceRule)
export class SetDeviceRuleHandler implements ICommandHandler<SetDeviceRule> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ placeId, devicesOnly, meta }: SetDeviceRule) {
    return this.work.once<DeviceRule | Rejected<RefusalCode>>(meta, async (tx) => {
      await lockByName(tx, `devices:${placeId}`);
      if (!(await isPlaceKnown(tx, placeId))) return reject('place_not_registered');
      // Otherwise the place would close itself with a word.
      if (devicesOnly && (await countDevices(tx, placeId)) === 0) return reject('device_missing');
      const before = await readDeviceRule(tx.sql, placeId);
      if (before.devicesOnly === devicesOnly) return before;
      const rule = { placeId, version: before.version + 1, devicesOnly };
      await insertDeviceRule(tx, rule);
      await tx.emit(DeviceRuleSetV1, { subject: `place:${placeId}`, subjectVersion: rule.version, body: rule });
      return rule;
    });
  }
}

@QueryHandler(ShowDeviceRule)
export class ShowDeviceRuleHandler implements IQueryHandler<ShowDeviceRule> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ placeId }: ShowDeviceRule): Promise<DeviceRule> {
    return readAs(this.work, placeId, (sql) => readDeviceRule(sql, placeId));
  }
}
