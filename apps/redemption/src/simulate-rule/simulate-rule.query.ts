import { Query } from '@nestjs/cqrs';
import type { LocalDate, ProgrammeId, Rejected } from '#libs/kernel';
import type { CandidateRule, ReplayReport } from './replay.decision.js';

/** Days of the operator, both included. */
export type Window = Readonly<{ from: LocalDate; to: LocalDate }>;

/** What rules would have said to the programme's redemptions of a past window; keeps nothing. */
export class SimulateRule extends Query<ReplayReport | Rejected> {
  constructor(readonly programmeId: ProgrammeId, readonly window: Window, readonly rule: CandidateRule) {
    super();
  }
}
