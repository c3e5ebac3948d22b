import { Command } from '@nestjs/cqrs';
import type { BodyOf, RedemptionUndoneV1 } from '#libs/contracts';
import type { Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

export type Undone = BodyOf<typeof RedemptionUndoneV1>;

export class UndoClaimLine extends Command<null | Rejected> {
  constructor(readonly fact: Undone, readonly meta: Meta) { super(); }
}
