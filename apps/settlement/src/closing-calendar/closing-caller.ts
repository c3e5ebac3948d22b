// Closes statements by their calendar: tells redemption once that a period is due, and closes when its total has come. A person may do
// both before, and then nothing is left to do here.
import type { CommandBus } from '@nestjs/cqrs';
import { ClosingDueV1 } from '#libs/contracts';
import { dayIn, isRejected, type LocalDate } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import { calendarProgrammes } from '../closing-rules/closing-rule.store.js';
import { lockByName } from '../database.store.js';
import { BANK_TIME_ZONE } from '../limits.js';
import type { SettlementWork } from '../settlement.work.js';
import { CloseStatements } from '../statement-closings/close-statements.command.js';
import { closedOn } from '../statement-closings/closing.store.js';
import { calledAt, insertCall, isAnswered, isLeftOpen } from './closing-call.store.js';
import { duePeriod } from './due-period.decision.js';

/** A code: why the closing was refused; it is asked again at the next look. */
export type Look = 'nothing_due' | 'called' | 'waits_for_total' | 'closed' | Readonly<{ refused: string }>;

const NAME = 'closing-calendar';
const META: Meta = { kind: 'process', name: NAME, correlationId: NAME };

export class ClosingCaller {
  constructor(private readonly work: SettlementWork, private readonly commands: CommandBus) {}

  async look(): Promise<Look> {
    const sql = this.work.client;
    if (await isLeftOpen(sql, NAME)) return this.close();
    const today = dayIn(BANK_TIME_ZONE, await this.work.moment());
    const periodEnd = duePeriod(await calendarProgrammes(sql), { today, lastClosedOn: await closedOn(sql, null) });
    if (periodEnd === undefined) return 'nothing_due';
    const called = await calledAt(sql, periodEnd);
    if (!called) return this.call(periodEnd);
    if (!(await isAnswered(sql, called))) return 'waits_for_total';
    return this.close();
  }

  private async close(): Promise<Look> {
    const outcome = await this.commands.execute(new CloseStatements({ period: null }, META));
    return isRejected(outcome) ? { refused: outcome.code } : 'closed';
  }

  private async call(periodEnd: LocalDate): Promise<Look> {
    await this.work.once(META, async (tx) => {
      await lockByName(tx, 'closing calls');
      // Another process of ours was first.
      if (await calledAt(tx.sql, periodEnd)) return;
      await insertCall(tx, periodEnd, await tx.emit(ClosingDueV1, { subject: `closing:${periodEnd}`, body: { periodEnd } }));
    });
    return 'called';
  }
}
