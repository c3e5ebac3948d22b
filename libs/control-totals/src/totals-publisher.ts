import { createHash } from 'node:crypto';
import { ControlTotalsPublishedV1, type BodyOf } from '#libs/contracts';
import { canonicalJson, dayIn } from '#libs/kernel';
import type { Meta, Sql, Tx, UnitOfWork } from '#libs/persistence';
import {
  closedUpTo, contentOfLast, endOfDay, firstTransferDay, insertTotals, lastTotals, ledgerLines, lockTotals, TOTALS_ZONE,
} from './control-total.store.js';
import { dueCuts, type Asked, type Cut } from './due-cuts.decision.js';
import { bookedEvents, type BookedEvent, type BookedPage, type OfKind } from './ledger-tally.store.js';
import { TallyPublisher, type TallySource } from './tally-publisher.js';

export type Totals = BodyOf<typeof ControlTotalsPublishedV1>;
export type StatedBalance = Totals['stated'][number];
export type AnnouncedTotals = Readonly<{ number: number; day: string; final: boolean; cutAt: string }>;

export type TotalsSource = Readonly<{
  /** What banks state of themselves; a service without a treasury has none. */
  stated?: (sql: Sql, cutAt: Date, lines: Totals['lines']) => Promise<StatedBalance[]>;
  /** SQL for the number up to which this service closed last; one that closes nothing has none. */
  closedUpTo?: string;
}> & TallySource;

/** Within the day, totals an hour apart are what a reader of the public page sees. */
const EVERY_MS = 3_600_000;
/** Days announced in one transaction: each reads the ledger once. */
const DAYS_PER_LOOK_MAX = 31;

const TALLY_META = { kind: 'process', name: 'ledger-tally', correlationId: 'ledger-tally' } as const;

export class TotalsPublisher {
  private readonly tally: TallyPublisher;
  private announceClose: () => void = () => undefined;

  constructor(private readonly work: UnitOfWork, private readonly source: TotalsSource) {
    this.tally = new TallyPublisher(work, source);
  }

  /** Something closed. May be lost: the loop finds out by itself within a minute. */
  wake(): void {
    this.announceClose();
  }

  onWake(announce: () => void): void {
    this.announceClose = announce;
  }

  /**
   * Announces what is due, or besides it the totals up to now. Within the day, nothing where nothing has moved, but at a close.
   * And, each time, what the
   * ledger comes to by whose events: counted anew with the totals, otherwise added to.
   */
  async publish(meta: Meta, when: Asked['when']): Promise<AnnouncedTotals[]> {
    const announced = await this.announceTotals(meta, when);
    await this.tally.announce(TALLY_META, when === 'now' || announced.length > 0 ? 'recount' : 'due');
    return announced;
  }

  bookedEvents(of: OfKind, page: BookedPage): Promise<BookedEvent[]> {
    return bookedEvents(this.work.client, this.work.settings.schema, of, page);
  }

  private announceTotals(meta: Meta, when: Asked['when']): Promise<AnnouncedTotals[]> {
    return this.work.once<AnnouncedTotals[]>(meta, async (tx) => {
      await lockTotals(tx);
      const last = await lastTotals(tx.sql, tx.schema);
      const closed = await closedUpTo(tx.sql, this.source.closedUpTo);
      const today = dayIn(TOTALS_ZONE, tx.now);
      const cuts = dueCuts({ today, now: tx.now, last, firstDay: await firstTransferDay(tx.sql, tx.schema), closedUpTo: closed },
        { when, everyMs: EVERY_MS, daysMax: DAYS_PER_LOOK_MAX });
      const announced: AnnouncedTotals[] = [];
      let number = last?.number ?? 0;
      for (const cut of cuts) {
        const one = await this.announce(tx, cut, { number: number + 1, closedUpTo: cut.final ? last?.closedUpTo ?? 0 : closed });
        if (!one) continue;
        number = one.number;
        announced.push(one);
      }
      return announced;
    }) as Promise<AnnouncedTotals[]>;
  }

  private async announce(
    tx: Tx, { day, final, atClose }: Cut, { number, closedUpTo: closed }: Readonly<{ number: number; closedUpTo: number }>,
  ): Promise<AnnouncedTotals | undefined> {
    const cutAt = final ? await endOfDay(tx.sql, day) : tx.now;
    const lines = await ledgerLines(tx.sql, tx.schema, cutAt, this.source.programmeOf);
    const stated = await this.source.stated?.(tx.sql, cutAt, lines) ?? [];
    const contentSha256 = createHash('sha256').update(canonicalJson({ day, lines, stated })).digest('hex');
    if (!final && !atClose && await contentOfLast(tx.sql, tx.schema) === contentSha256) return undefined;
    const told = { number, day, final, cutAt: cutAt.toISOString() };
    const eventId = await tx.emit(ControlTotalsPublishedV1, {
      subject: `controlTotals:${tx.schema}:${number}`, body: { ...told, currency: 'EUR', lines: [...lines], stated },
    });
    await insertTotals(tx, { number, day, final, cutAt, contentSha256, eventId, closedUpTo: closed });
    return told;
  }
}
