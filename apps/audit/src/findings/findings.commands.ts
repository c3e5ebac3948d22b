import { Command, Query } from '@nestjs/cqrs';
import type { FindingId, LocalDate, Rejected, SampleId } from '#libs/kernel';
import type { KeyReused, RequestMeta } from '#libs/persistence';
import type { Auditor } from '../sampling/sampling.commands.js';
import type { Addressee, Outcome, Reader, Severity, StepName } from './finding.decision.js';
import type { Finding } from './finding.store.js';

/** Of an item of a sample, of a sample, or of a whole that the title names. */
export type RaisedFinding = Readonly<{
  title: string; observation: string; severity: Severity; addressee: Addressee; replyDue: LocalDate;
  sampleId: SampleId | null; position: number | null;
}>;

export class RaiseFinding extends Command<{ findingId: FindingId } | Rejected | KeyReused> {
  constructor(readonly finding: RaisedFinding, readonly auditor: Auditor, readonly meta: RequestMeta) {
    super();
  }
}

export type WrittenStep = Readonly<{ step: StepName; text: string; outcome: Outcome | null }>;

export class FollowFinding extends Command<{ version: number } | Rejected | KeyReused> {
  constructor(readonly findingId: FindingId, readonly written: WrittenStep, readonly writer: Reader, readonly meta: RequestMeta) {
    super();
  }
}

export class ListFindings extends Query<Finding[]> {
  constructor(readonly reader: Reader, readonly limit: number, readonly below: string | null) {
    super();
  }
}

export class ShowFinding extends Query<Finding | Rejected> {
  constructor(readonly findingId: FindingId, readonly reader: Reader) {
    super();
  }
}
