import { createHash } from 'node:crypto';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  FigureEvents, FIGURES_ZONE, figuresOf, MEASURE_WAITED_FOR_DAYS, openDataText, SETTLES_AFTER_DAYS, type Counted,
} from '#libs/figures';
import { addDays, dayIn, dueMonth, firstDayOf, monthAfter, type Month } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { AuditWork } from '../audit.work.js';
import { coefficientsInForce } from '../impact/coefficient.store.js';
import { RELEASES_PER_PASS } from '../limits.js';
import { Notary } from '../publish-checkpoint/notary.js';
import { Sealer } from '../seal-events/sealer.js';
import { eventsOf, firstFlowAt, isMeasured, sealedUpTo } from './month-events.store.js';
import { ReleaseOpenData } from './release-open-data.command.js';
import { insertRelease, lastReleased, lockReleases, type Release } from './release.store.js';

@CommandHandler(ReleaseOpenData)
export class ReleaseOpenDataHandler implements ICommandHandler<ReleaseOpenData> {
  constructor(private readonly work: AuditWork, private readonly notary: Notary, private readonly sealer: Sealer) {}

  async execute({ meta }: ReleaseOpenData): Promise<readonly Month[]> {
    // Only what has its place in the log is counted: nobody could find the rest again.
    await this.sealer.sealPresent();
    const made: Month[] = [];
    while (made.length < RELEASES_PER_PASS) {
      const due = await this.work.once<Due | null>(meta, (tx) => nextDue(tx)) as Due | null;
      if (!due) break;
      // Millions of events are read: no transaction is open meanwhile, and what is sealed stays as it is.
      const release = await this.reckon(due);
      if (await this.work.once(meta, (tx) => insertNext(tx, due, release)) as boolean) made.push(due.month);
    }
    return made;
  }

  private async reckon({ month, now, counted }: Due): Promise<Release> {
    const { client } = this.work;
    const coefficients = await coefficientsInForce(client);
    const events = new FigureEvents(FIGURES_ZONE);
    for await (const event of eventsOf(client, month, counted)) events.take(event);
    const head = { origin: this.notary.origin, month, madeAt: now, counted, coefficients };
    const content = openDataText(head, figuresOf(events, month, coefficients));
    const sha256 = createHash('sha256').update(content).digest('hex');
    return { month, madeAt: now, content, sha256, ...this.notary.signText(content) };
  }
}

/** `last`: the month that was released before it. */
type Due = Readonly<{ month: Month; last: Month | undefined; now: Date; counted: Counted }>;

async function nextDue({ sql, now }: Tx): Promise<Due | null> {
  // Asked first: what is sealed meanwhile is of no question that follows, as it will be of no figure.
  const counted = await sealedUpTo(sql);
  const [first, last] = [await firstFlowAt(sql, counted), await lastReleased(sql)];
  const today = dayIn(FIGURES_ZONE, now);
  const month = dueMonth({ today, last, firstDay: first && dayIn(FIGURES_ZONE, first) }, SETTLES_AFTER_DAYS);
  if (month === undefined) return null;
  // What places waited is told once and never added later: a figure that is late is waited for, for another week.
  const isWaitedFor = addDays(firstDayOf(monthAfter(month)), MEASURE_WAITED_FOR_DAYS) > today && !await isMeasured(sql, month, counted);
  return isWaitedFor ? null : { month, last, now, counted };
}

/** False where another process has released it meanwhile: two versions of a month would tell in their difference what neither tells. */
async function insertNext(tx: Tx, { last }: Due, release: Release): Promise<boolean> {
  await lockReleases(tx);
  if (await lastReleased(tx.sql) !== last) return false;
  await insertRelease(tx, release);
  return true;
}
