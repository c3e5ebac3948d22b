// What redemption does besides answering requests: it sends and takes messages, and holds the till's connection.
import type { CommandBus } from '@nestjs/cqrs';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { createMessaging, type Messaging } from '#libs/messaging';
import { poolConfig } from '#libs/persistence';
import { OrderlyStop, type Lifecycle, type ServiceSettings } from '#libs/service';
import { openDatabase } from './database.store.js';
import { ruleConsumers } from './know-rules/know-rules.consumer.js';
import { RedemptionWork } from './redemption.work.js';
import { batchConsumers } from './take-batch/take-batch.consumer.js';
import type { Collector } from './till/collector.js';

/** Connects lazily: nothing is asked of the database before somebody works. */
export const openWork = ({ databaseUrl, clock }: ServiceSettings): RedemptionWork =>
  new RedemptionWork(openDatabase(databaseUrl), { schema: 'redemption', clock, ids: { next: () => uuidv7() } });

export class RedemptionLifecycle implements Lifecycle {
  readonly name = 'redemption';
  private readonly pool: pg.Pool;
  private readonly messaging: Messaging;
  private readonly parts = new OrderlyStop();

  constructor(private readonly settings: ServiceSettings, work: RedemptionWork, private readonly collector: Collector, commands: CommandBus) {
    const { databaseUrl, queue, log, resendMs } = settings;
    this.pool = new pg.Pool(poolConfig(databaseUrl, 'mereau redemption messages'));
    // A connection that breaks while idle is replaced by the pool; unheard, the event would end the process.
    this.pool.on('error', (error) => log.warn({ err: error }, 'an idle connection of redemption was lost'));
    const consumers = [...ruleConsumers(commands), ...batchConsumers(commands)];
    this.messaging = createMessaging({ service: 'redemption', work, pool: this.pool, queue, log, consumers, timing: { resendMs } });
    work.onCommit(() => this.messaging.wake());
    collector.onCommit(() => this.messaging.wake());
    this.parts.add('loops', 'till', () => collector.stop());
    this.parts.add('workers', 'redemption messages', () => this.messaging.stop());
    this.parts.add('database', 'redemption client', () => work.client.$disconnect());
    this.parts.add('database', 'redemption pool', () => this.pool.end());
  }

  async start(): Promise<void> {
    await this.messaging.start();
    await this.collector.start();
  }

  async stop(): Promise<void> {
    for (const { name, reason } of await this.parts.run()) this.settings.log.error({ err: reason }, `${name} did not stop in order`);
  }

  checks(): Record<string, () => Promise<boolean>> {
    return {
      database: async () => (await this.pool.query('select 1')).rowCount === 1,
      messages: async () => (await this.messaging.health()).isWell,
    };
  }

  async idle(): Promise<boolean> {
    return this.collector.isIdle() && this.messaging.idle();
  }
}
