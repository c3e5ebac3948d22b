import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { reject, type Rejected } from '#libs/kernel';
import { RedemptionWork } from '../redemption.work.js';
import type { RefusalCode } from '../refusals.js';
import { listAlarms, lockAlarm, markSeen, type TillAlarmView } from './till-alarm.store.js';
import { AcknowledgeTillAlarm, ListTillAlarms, type Seen } from './till-alarms.command.js';

@QueryHandler(ListTillAlarms)
export class ListTillAlarmsHandler implements IQueryHandler<ListTillAlarms> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ asked }: ListTillAlarms): Promise<readonly TillAlarmView[]> {
    return listAlarms(this.work.client, asked);
  }
}

@CommandHandler(AcknowledgeTillAlarm)
export class AcknowledgeTillAlarmHandler implements ICommandHandler<AcknowledgeTillAlarm> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ alarmId, seenBy, meta }: AcknowledgeTillAlarm) {
    return this.work.once<Seen | Rejected<RefusalCode>>(meta, async (tx) => {
      const alarm = await lockAlarm(tx, alarmId);
      if (!alarm) return reject('till_alarm_not_found');
      if (alarm.seen) return reject('till_alarm_seen');
      await markSeen(tx, alarmId, seenBy);
      return { alarmId, seenAt: tx.now.toISOString() };
    });
  }
}
