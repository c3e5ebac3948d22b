import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { dayIn } from '#libs/kernel';
import { BANK_TIME_ZONE, CALENDAR_PERIODS_SHOWN } from '../limits.js';
import { SettlementWork } from '../settlement.work.js';
import { closedOn } from '../statement-closings/closing.store.js';
import { isDue } from './closing-calendar.decision.js';
import { nextEnds, ruleOn, type ClosingRule } from './closing-rule.decision.js';
import { calendarProgrammes, rulesOf } from './closing-rule.store.js';
import { ListClosingRules, ShowClosingCalendar, type ShownCalendar } from './closing-rules.queries.js';

@QueryHandler(ListClosingRules)
export class ListClosingRulesHandler implements IQueryHandler<ListClosingRules> {
  constructor(private readonly work: SettlementWork) {}

  execute({ programmeId }: ListClosingRules): Promise<readonly ClosingRule[]> {
    return rulesOf(this.work.client, programmeId);
  }
}

@QueryHandler(ShowClosingCalendar)
export class ShowClosingCalendarHandler implements IQueryHandler<ShowClosingCalendar> {
  constructor(private readonly work: SettlementWork) {}

  async execute(): Promise<ShownCalendar> {
    const sql = this.work.client;
    const today = dayIn(BANK_TIME_ZONE, await this.work.moment());
    const [lastClosedOn, earlier] = [await closedOn(sql, null), await closedOn(sql, today)];
    const programmes = (await calendarProgrammes(sql)).map(({ rules, ...programme }) => {
      const rule = ruleOn(rules, today);
      // What a closing of today has closed is closed: nobody waits for a second one.
      const due = lastClosedOn !== today && (rule === undefined || isDue(rule.frequency, { day: today, lastDay: earlier }));
      return { ...programme, rule, isDue: due, nextEnds: nextEnds(rules, today, CALENDAR_PERIODS_SHOWN) };
    });
    return { today, lastClosedOn, programmes };
  }
}
