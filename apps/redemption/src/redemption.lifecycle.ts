// What redemption does besides answering requests: it sends and takes messages, holds the till's connection, and works off
// expiry runs.
import type { CommandBus } from '@nestjs/cqrs';
import { uuidv7 } from 'uuidv7';
import { TotalsLoop, type TotalsPublisher } from '#libs/control-totals';
import { MessagingLifecycle, WakefulLoop, type Loop, type ServiceSettings } from '#libs/service';
import { closingConsumers } from './close-period/close-period.consumer.js';
import { openDatabase } from './database.store.js';
import { ExpiryLoop } from './expire-batch/expiry-loop.js';
import type { ExpiryRunner } from './expire-batch/expiry-runner.js';
import { extensionConsumers } from './extend-batch/extend-batch.consumer.js';
import type { ExtensionRunner } from './extend-batch/extension-runner.js';
import { freezeConsumers } from './freeze-order/freeze-order.consumer.js';
import { ruleConsumers } from './know-rules/know-rules.consumer.js';
import { stockConsumers } from './know-stock/know-stock.consumer.js';
import { CALENDAR_POLL_MS, EXPIRY_POLL_MS, TILL_COUNTS_FLUSH_MS } from './limits.js';
import { statementConsumers } from './note-statement/note-statement.consumer.js';
import { RedemptionWork } from './redemption.work.js';
import { lossConsumers } from './stop-vouchers/stop-lost.consumer.js';
import { batchConsumers } from './take-batch/take-batch.consumer.js';
import type { ExpiryCalendar } from './tell-expiry/expiry-calendar.js';
import type { Collector } from './till/collector.js';
import type { TillCounts } from './till-limits/till-counts.js';

/** Connects lazily: nothing is asked of the database before somebody works. */
export const openWork = ({ databaseUrl, clock }: Pick<ServiceSettings, 'databaseUrl' | 'clock'>): RedemptionWork =>
  new RedemptionWork(openDatabase(databaseUrl), { schema: 'redemption', clock, ids: { next: () => uuidv7() } });

export type RedemptionLoops = Readonly<{
  collector: Collector; counts: TillCounts; runner: ExpiryRunner; extensions: ExtensionRunner; calendar: ExpiryCalendar;
  totals: TotalsPublisher;
}>;

export class RedemptionLifecycle extends MessagingLifecycle {
  constructor(settings: ServiceSettings, work: RedemptionWork, loops: RedemptionLoops, commands: CommandBus) {
    const { collector, runner } = loops;
    const expiry = new ExpiryLoop(runner, settings.log);
    super(settings, {
      service: 'redemption', work,
      consumers: [
        ruleConsumers, batchConsumers, stockConsumers, lossConsumers, statementConsumers, extensionConsumers, freezeConsumers,
        closingConsumers,
      ]
        .flatMap((consumers) => consumers(commands)),
      loops: [
        { name: 'till', forReading: true, start: () => collector.start(), stop: () => collector.stop(), isIdle: () => collector.isIdle() },
        { name: 'expiry', start: () => expiry.start(), stop: () => expiry.stop(), isIdle: () => runner.idle() },
        calendarLoop(loops.calendar, settings.log), extensionLoop(loops.extensions, settings.log),
        new TotalsLoop(loops.totals, settings.log), countsLoop(loops.counts, settings.log),
      ],
    });
    collector.onCommit(() => this.messaging.wake());
  }
}

const calendarLoop = (calendar: ExpiryCalendar, log: ServiceSettings['log']): Loop => new WakefulLoop({
  name: 'expiry calendar', pollMs: CALENDAR_POLL_MS, isIdle: () => calendar.isIdle(),
  look: () => calendar.tellAll((batchId, error) => log.error({ err: error, batchId }, 'the end of a batch could not be told; tried again later')),
}, log);

/** What was counted last is told before the loop ends: the next process shall not give away what this one had refused. */
function countsLoop(counts: TillCounts, log: ServiceSettings['log']): Loop {
  const loop = new WakefulLoop({
    name: 'till counts', pollMs: TILL_COUNTS_FLUSH_MS, isIdle: () => counts.isIdle(), look: () => counts.flush(),
  }, log);
  return {
    name: loop.name, start: () => loop.start(), isIdle: () => loop.isIdle(),
    stop: async () => {
      await loop.stop();
      await counts.flush();
    },
  };
}

/** A chunk that is being written is finished before the loop stops. */
function extensionLoop(extensions: ExtensionRunner, log: ServiceSettings['log']): Loop {
  const loop = new WakefulLoop({
    name: 'extensions', pollMs: EXPIRY_POLL_MS, isIdle: () => extensions.isIdle(),
    look: () => extensions.runAll((eventId, error) => log.error({ err: error, eventId }, 'an extension met a fault; it goes on later')),
  }, log);
  extensions.onWake(() => loop.wake());
  return {
    name: loop.name, start: () => loop.start(), isIdle: () => loop.isIdle(),
    stop: () => {
      extensions.stop();
      return loop.stop();
    },
  };
}
