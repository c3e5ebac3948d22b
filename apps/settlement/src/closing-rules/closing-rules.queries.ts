import { Query } from '@nestjs/cqrs';
import type { LocalDate, ProgrammeId } from '#libs/kernel';
import type { ClosingRule } from './closing-rule.decision.js';

export class ListClosingRules extends Query<readonly ClosingRule[]> {
  constructor(readonly programmeId: ProgrammeId) { super(); }
}

export type CalendarLine = Readonly<{
  programmeId: ProgrammeId;
  name: string | null;
  claimableUntil: LocalDate | null;
  /** In force today; undefined: due at each closing, whatever the sum. */
  rule: ClosingRule | undefined;
  /** A closing today would be the first since a period of it ended. */
  isDue: boolean;
  /** Days with which its next periods end, each by the rule that will then be in force. */
  nextEnds: readonly LocalDate[];
}>;
export type ShownCalendar = Readonly<{ today: LocalDate; lastClosedOn: LocalDate | null; programmes: readonly CalendarLine[] }>;

export class ShowClosingCalendar extends Query<ShownCalendar> {}
