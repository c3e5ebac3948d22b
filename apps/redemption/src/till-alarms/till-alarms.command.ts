import { Command, Query } from '@nestjs/cqrs';
import type { Rejected, TillAlarmId } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { AlarmsAsked, TillAlarmView } from './till-alarm.store.js';

/** Newest first, from the one before `before` on. */
export class ListTillAlarms extends Query<readonly TillAlarmView[]> {
  constructor(readonly asked: AlarmsAsked) {
    super();
  }
}

export type Seen = Readonly<{ alarmId: TillAlarmId; seenAt: string }>;

/** A person of the operator looked at it; who, stands with the alarm. */
export class AcknowledgeTillAlarm extends Command<Seen | Rejected> {
  constructor(readonly alarmId: TillAlarmId, readonly seenBy: string, readonly meta: Meta) {
    super();
  }
}
