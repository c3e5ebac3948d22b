// What issuance does besides answering requests: it sends and takes messages, and mints.
import type { CommandBus } from '@nestjs/cqrs';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { createMessaging, type Messaging } from '#libs/messaging';
import { poolConfig } from '#libs/persistence';
import { OrderlyStop, type Lifecycle, type ServiceSettings } from '#libs/service';
import { openDatabase } from './database.store.js';
import { IssuanceWork } from './issuance.work.js';
import { creditConsumers } from './match-receipt/match-receipt.consumer.js';
import type { Minter } from './mint-chunks/minter.js';
import { MinterLoop } from './mint-chunks/minter-loop.js';
import { batchConsumers } from './track-batch/track-batch.consumer.js';

/** Connects lazily: nothing is asked of the database before somebody works. */
export const openWork = ({ databaseUrl, clock }: ServiceSettings): IssuanceWork =>
  new IssuanceWork(openDatabase(databaseUrl), { schema: 'issuance', clock, ids: { next: () => uuidv7() } });

export class IssuanceLifecycle implements Lifecycle {
  readonly name = 'issuance';
  private readonly pool: pg.Pool;
  private readonly messaging: Messaging;
  private readonly loop: MinterLoop;
  private readonly parts = new OrderlyStop();

  constructor(
    private readonly settings: ServiceSettings, work: IssuanceWork, private readonly minter: Minter, commands: CommandBus,
  ) {
    const { databaseUrl, queue, log, resendMs } = settings;
    this.pool = new pg.Pool(poolConfig(databaseUrl, 'mereau issuance messages'));
    // A connection that breaks while idle is replaced by the pool; unheard, the event would end the process.
    this.pool.on('error', (error) => log.warn({ err: error }, 'an idle connection of issuance was lost'));
    const consumers = [...creditConsumers(commands), ...batchConsumers(commands)];
    this.messaging = createMessaging({
      service: 'issuance', work, pool: this.pool, queue, log, consumers, timing: { resendMs },
    });
    this.loop = new MinterLoop(minter, log);
    work.onCommit(() => this.messaging.wake());
    this.parts.add('loops', 'minter', () => this.loop.stop());
    this.parts.add('workers', 'issuance messages', () => this.messaging.stop());
    this.parts.add('database', 'issuance client', () => work.client.$disconnect());
    this.parts.add('database', 'issuance pool', () => this.pool.end());
  }

  async start(): Promise<void> {
    await this.messaging.start();
    this.loop.start();
  }

  async stop(): Promise<void> {
    for (const { name, reason } of await this.parts.run()) {
      this.settings.log.error({ err: reason }, `${name} did not stop in order`);
    }
  }

  checks(): Record<string, () => Promise<boolean>> {
    return {
      database: async () => (await this.pool.query('select 1')).rowCount === 1,
      messages: async () => (await this.messaging.health()).isWell,
    };
  }

  async idle(): Promise<boolean> {
    return (await this.minter.idle()) && this.messaging.idle();
  }
}
