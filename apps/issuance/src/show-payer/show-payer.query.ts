import { Query } from '@nestjs/cqrs';
import type { PayerId, Rejected } from '#libs/kernel';
import type { PayerView } from '../payer.store.js';
import type { ProgrammeStanding } from './payer-standing.decision.js';

export type PayerWithProgrammes = PayerView & Readonly<{ programmes: readonly ProgrammeStanding[] }>;

/** Who a payer is and what became of its money, programme by programme. */
export class ShowPayer extends Query<PayerWithProgrammes | Rejected> {
  constructor(readonly payerId: PayerId) {
    super();
  }
}
