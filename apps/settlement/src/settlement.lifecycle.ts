// What settlement does besides answering requests: it sends and takes messages.
import type { CommandBus } from '@nestjs/cqrs';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { createMessaging, type Messaging } from '#libs/messaging';
import { poolConfig } from '#libs/persistence';
import { OrderlyStop, type Lifecycle, type ServiceSettings } from '#libs/service';
import { matchConsumers } from './bank-lines/take-match.consumer.js';
import { claimConsumers } from './claims/accrue-claim-line.consumer.js';
import { openDatabase } from './database.store.js';
import { payeeConsumers } from './payees/take-accreditation.consumer.js';
import { SettlementWork } from './settlement.work.js';
import { totalConsumers } from './statement-closings/take-period-total.consumer.js';

/** Connects lazily: nothing is asked of the database before somebody works. */
export const openWork = ({ databaseUrl, clock }: Pick<ServiceSettings, 'databaseUrl' | 'clock'>): SettlementWork =>
  new SettlementWork(openDatabase(databaseUrl), { schema: 'settlement', clock, ids: { next: () => uuidv7() } });

export class SettlementLifecycle implements Lifecycle {
  readonly name = 'settlement';
  private readonly pool: pg.Pool;
  private readonly messaging: Messaging;
  private readonly parts = new OrderlyStop();

  constructor(private readonly settings: ServiceSettings, work: SettlementWork, commands: CommandBus) {
    const { databaseUrl, queue, log, resendMs } = settings;
    this.pool = new pg.Pool(poolConfig(databaseUrl, 'mereau settlement messages'));
    // A connection that breaks while idle is replaced by the pool; unheard, the event would end the process.
    this.pool.on('error', (error) => log.warn({ err: error }, 'an idle connection of settlement was lost'));
    const consumers = [...claimConsumers(commands), ...payeeConsumers(commands), ...totalConsumers(commands), ...matchConsumers(commands)];
    this.messaging = createMessaging({ service: 'settlement', work, pool: this.pool, queue, log, consumers, timing: { resendMs } });
    work.onCommit(() => this.messaging.wake());
    this.parts.add('workers', 'settlement messages', () => this.messaging.stop());
    this.parts.add('database', 'settlement client', () => work.client.$disconnect());
    this.parts.add('database', 'settlement pool', () => this.pool.end());
  }

  async start(): Promise<void> {
    await this.messaging.start();
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

  idle(): Promise<boolean> {
    return this.messaging.idle();
  }
}
