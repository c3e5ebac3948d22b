import { Command, Query } from '@nestjs/cqrs';
import type { LocalDate, ProgrammeId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { AskedRule, Programme, ProgrammeRule } from '../programme-rule.decision.js';

/** `effectiveFrom`: the day from which the rules are in force; null: from now on. */
export type DatedRule = Readonly<{ text: AskedRule; effectiveFrom: LocalDate | null }>;
export type Published = Readonly<{ programmeId: ProgrammeId; ruleVersion: number; effectiveFrom: LocalDate }>;

/** A new programme with the first version of its rules. */
export class PublishProgramme extends Command<Published | Rejected> {
  constructor(readonly programme: Omit<Programme, 'programmeId'>, readonly rule: DatedRule, readonly meta: Meta) {
    super();
  }
}

/** The next version of a programme's rules: for orders placed from its day of effect on. */
export class PublishRule extends Command<Published | Rejected> {
  constructor(readonly programmeId: ProgrammeId, readonly rule: DatedRule, readonly meta: Meta) {
    super();
  }
}

/** The rules in force, or the first to come; newest programme first, from the one before `before` on. */
export class ListProgrammes extends Query<readonly ProgrammeRule[]> {
  constructor(readonly before: ProgrammeId | null, readonly rowsMax: number) {
    super();
  }
}

/** All versions of a programme's rules, the latest first, from the one before `beforeVersion` on. */
export class ListRules extends Query<readonly ProgrammeRule[] | Rejected> {
  constructor(readonly programmeId: ProgrammeId, readonly beforeVersion: number | null, readonly rowsMax: number) {
    super();
  }
}
