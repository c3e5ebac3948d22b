import { Command } from '@nestjs/cqrs';
import type { BodyOf, RedemptionPeriodTotalledV1 } from '#libs/contracts';
import type { Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';

export type PeriodTotal = BodyOf<typeof RedemptionPeriodTotalledV1>;

export class TakePeriodTotal extends Command<null | Rejected> {
  constructor(readonly fact: PeriodTotal, readonly meta: Meta) { super(); }
}
