import { Command, Query } from '@nestjs/cqrs';
import type { Cents, LocalDate, ProgrammeId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { OnExpiry } from '../on-expiry.decision.js';
import type { Creditor, ProgrammeRule } from '../programme.store.js';

export type RuleText = Readonly<{
  name: string; face: Cents; usableUntil: LocalDate; claimableUntil: LocalDate; onExpiry: OnExpiry;
  creditor: Creditor;
}>;
export type Published = Readonly<{ programmeId: ProgrammeId; ruleVersion: number }>;

/** A new programme with the first version of its rules. */
export class PublishProgramme extends Command<Published | Rejected> {
  constructor(
    readonly programme: Readonly<{ kind: 'unit' | 'balance'; custodyAccountId: string }>, readonly rule: RuleText,
    readonly meta: Meta,
  ) {
    super();
  }
}

/** The next version of a programme's rules: for orders placed from now on. */
export class PublishRule extends Command<Published | Rejected> {
  constructor(readonly programmeId: ProgrammeId, readonly rule: RuleText, readonly meta: Meta) {
    super();
  }
}

/** The rules in force, newest programme first, from the one before `before` on. */
export class ListProgrammes extends Query<readonly ProgrammeRule[]> {
  constructor(readonly before: ProgrammeId | null, readonly rowsMax: number) {
    super();
  }
}
