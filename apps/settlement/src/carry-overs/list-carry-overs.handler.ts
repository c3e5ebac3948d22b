import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { dayIn } from '#libs/kernel';
import { OVERSEER, readAs } from '#libs/persistence';
import { calendarProgrammes } from '../closing-rules/closing-rule.store.js';
import { BANK_TIME_ZONE } from '../limits.js';
import { SettlementWork } from '../settlement.work.js';
import { chancesOf } from '../statement-closings/waiting.decision.js';
import { listCarryOvers } from './carry-over-list.store.js';
import { ListCarryOvers, type ListedCarryOver } from './list-carry-overs.query.js';

@QueryHandler(ListCarryOvers)
export class ListCarryOversHandler implements IQueryHandler<ListCarryOvers> {
  constructor(private readonly work: SettlementWork) {}

  async execute({ reader, page }: ListCarryOvers): Promise<readonly ListedCarryOver[]> {
    const today = dayIn(BANK_TIME_ZONE, await this.work.moment());
    const [calendar, rows] = await readAs(this.work, reader.placeId ?? OVERSEER, async (sql) =>
      [await calendarProgrammes(sql), await listCarryOvers(sql, reader, page)] as const);
    const terms = new Map(calendar.map((programme) => [programme.programmeId, programme]));
    return rows.map((row) => {
      const programmes = row.programmeIds.flatMap((id) => terms.get(id) ?? []);
      // What its own fee or an incident has eaten waits for other lines, and no day brings those.
      const chances = row.reason === 'nothing_to_pay' ? { nextEnd: null, latestEnd: null } : chancesOf(programmes, { today, since: row.since });
      return { ...row, ...chances };
    });
  }
}
