import { Query } from '@nestjs/cqrs';
import type { LocalDate, ProgrammeId, Rejected } from '#libs/kernel';
import type { DatedRule } from '../publish-programme/publish-programme.command.js';
import type { OrderReplayReport } from './order-replay.decision.js';

/** Days of the operator, both included. */
export type Window = Readonly<{ from: LocalDate; to: LocalDate }>;

/** What rules would have said to the programme's orders of a past window; keeps nothing. */
export class SimulateRule extends Query<OrderReplayReport | Rejected> {
  constructor(readonly programmeId: ProgrammeId, readonly window: Window, readonly rule: DatedRule) {
    super();
  }
}
