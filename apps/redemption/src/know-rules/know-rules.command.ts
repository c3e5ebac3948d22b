import { Command } from '@nestjs/cqrs';
import type { BodyOf, FeeRulePublishedV1, ProgrammePublishedV1 } from '#libs/contracts';
import type { Meta } from '#libs/persistence';

/** Issuance published rules of a programme; every version is kept, because each may be in force on some day. */
export class KnowProgramme extends Command<void> {
  constructor(readonly programme: BodyOf<typeof ProgrammePublishedV1>, readonly meta: Meta) {
    super();
  }
}

/** Settlement published a fee rule; every version is kept, because each may be in force on some day. */
export class KnowFeeRule extends Command<void> {
  constructor(readonly rule: BodyOf<typeof FeeRulePublishedV1>, readonly meta: Meta) {
    super();
  }
}
