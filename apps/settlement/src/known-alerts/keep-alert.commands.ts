import { Command } from '@nestjs/cqrs';
import type { AlertAppealAnsweredV1, AlertAppealStatedV1, AlertUpheldV1, BodyOf } from '#libs/contracts';
import type { Meta } from '#libs/persistence';

/** From here on closings hold the lines that it names, and runs leave out a statement that would pay one. */
export class KeepAlert extends Command<void> {
  constructor(readonly told: BodyOf<typeof AlertUpheldV1>, readonly upheldBy: string, readonly meta: Meta) { super(); }
}

/** What is held for the alert is not rejected until the appeal is answered. */
export class KeepAlertAppeal extends Command<void> {
  constructor(readonly told: BodyOf<typeof AlertAppealStatedV1>, readonly meta: Meta) { super(); }
}

/** Upheld, nothing more is held for the alert; what is waits for an approver to let it go. */
export class KeepAlertAnswer extends Command<void> {
  constructor(readonly told: BodyOf<typeof AlertAppealAnsweredV1>, readonly meta: Meta) { super(); }
}
