// What redemption does besides answering requests: it sends and takes messages, and holds the till's connection.
import type { CommandBus } from '@nestjs/cqrs';
import { uuidv7 } from 'uuidv7';
import { MessagingLifecycle, type ServiceSettings } from '#libs/service';
import { openDatabase } from './database.store.js';
import { ruleConsumers } from './know-rules/know-rules.consumer.js';
import { stockConsumers } from './know-stock/know-stock.consumer.js';
import { RedemptionWork } from './redemption.work.js';
import { batchConsumers } from './take-batch/take-batch.consumer.js';
import type { Collector } from './till/collector.js';

/** Connects lazily: nothing is asked of the database before somebody works. */
export const openWork = ({ databaseUrl, clock }: ServiceSettings): RedemptionWork =>
  new RedemptionWork(openDatabase(databaseUrl), { schema: 'redemption', clock, ids: { next: () => uuidv7() } });

export class RedemptionLifecycle extends MessagingLifecycle {
  constructor(settings: ServiceSettings, work: RedemptionWork, collector: Collector, commands: CommandBus) {
    super(settings, {
      service: 'redemption', work, consumers: [...ruleConsumers(commands), ...batchConsumers(commands), ...stockConsumers(commands)],
      loops: [{ name: 'till', start: () => collector.start(), stop: () => collector.stop(), isIdle: () => collector.isIdle() }],
    });
    collector.onCommit(() => this.messaging.wake());
  }
}
