// What redemption does besides answering requests: it sends and takes messages, holds the till's connection, and works off
// expiry runs.
import type { CommandBus } from '@nestjs/cqrs';
import { uuidv7 } from 'uuidv7';
import { MessagingLifecycle, type ServiceSettings } from '#libs/service';
import { openDatabase } from './database.store.js';
import { ExpiryLoop } from './expire-batch/expiry-loop.js';
import type { ExpiryRunner } from './expire-batch/expiry-runner.js';
import { freezeConsumers } from './freeze-order/freeze-order.consumer.js';
import { ruleConsumers } from './know-rules/know-rules.consumer.js';
import { stockConsumers } from './know-stock/know-stock.consumer.js';
import { statementConsumers } from './note-statement/note-statement.consumer.js';
import { RedemptionWork } from './redemption.work.js';
import { batchConsumers } from './take-batch/take-batch.consumer.js';
import type { Collector } from './till/collector.js';

/** Connects lazily: nothing is asked of the database before somebody works. */
export const openWork = ({ databaseUrl, clock }: ServiceSettings): RedemptionWork =>
  new RedemptionWork(openDatabase(databaseUrl), { schema: 'redemption', clock, ids: { next: () => uuidv7() } });

export type RedemptionLoops = Readonly<{ collector: Collector; runner: ExpiryRunner }>;

export class RedemptionLifecycle extends MessagingLifecycle {
  constructor(settings: ServiceSettings, work: RedemptionWork, { collector, runner }: RedemptionLoops, commands: CommandBus) {
    const expiry = new ExpiryLoop(runner, settings.log);
    super(settings, {
      service: 'redemption', work,
      consumers: [ruleConsumers, batchConsumers, stockConsumers, statementConsumers, freezeConsumers].flatMap((consumers) => consumers(commands)),
      loops: [
        { name: 'till', start: () => collector.start(), stop: () => collector.stop(), isIdle: () => collector.isIdle() },
        { name: 'expiry', start: () => expiry.start(), stop: () => expiry.stop(), isIdle: () => runner.idle() },
      ],
    });
    collector.onCommit(() => this.messaging.wake());
  }
}
