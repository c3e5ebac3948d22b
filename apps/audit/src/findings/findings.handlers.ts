import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { FindingFollowedV1, type BodyOf } from '#libs/contracts';
import { dayIn, idOf, isRejected, reject, type LocalDate } from '#libs/kernel';
import { OVERSEER, readAs, type Tx } from '#libs/persistence';
import { AuditWork } from '../audit.work.js';
import { OPERATOR_ZONE } from '../limits.js';
import { findSample } from '../sampling/sample.store.js';
import { decideRaising, decideStep, isAddressed, raised, type Addressee, type Reader } from './finding.decision.js';
import { findFinding, insertFinding, insertStep, listFindings, lockFinding, type NewFinding } from './finding.store.js';
import { FollowFinding, ListFindings, RaiseFinding, ShowFinding, type RaisedFinding } from './findings.commands.js';

const todayOf = (tx: Tx): LocalDate => dayIn(OPERATOR_ZONE, tx.now);

@CommandHandler(RaiseFinding)
export class RaiseFindingHandler implements ICommandHandler<RaiseFinding> {
  constructor(private readonly work: AuditWork) {}

  execute({ finding, auditor: { organisationId, userId, mandates }, meta }: RaiseFinding) {
    return this.work.once(meta, async (tx) => {
      const decided = decideRaising(finding.replyDue, todayOf(tx));
      if (isRejected(decided)) return decided;
      const missing = await missingOf(tx, finding, organisationId);
      if (missing) return missing;
      const findingId = idOf('finding', tx.newId());
      const kept = { ...finding, findingId, organisationId, raisedBy: userId, mandateIds: mandates.map(({ mandateId }) => mandateId) };
      await insertFinding(tx, kept);
      await tell(tx, kept, { version: 1, step: 'raised', reader: kept.addressee });
      return { findingId };
    });
  }
}

/** What a finding is about is its own body's sample. */
async function missingOf(tx: Tx, { sampleId, position }: RaisedFinding, organisationId: string) {
  if (sampleId === null) return undefined;
  const sample = await findSample(tx.sql, sampleId, organisationId);
  if (!sample) return reject('sample_not_found');
  return position !== null && position > sample.size ? reject('item_not_found') : undefined;
}

@CommandHandler(FollowFinding)
export class FollowFindingHandler implements ICommandHandler<FollowFinding> {
  constructor(private readonly work: AuditWork) {}

  execute({ findingId, written, writer, meta }: FollowFinding) {
    return this.work.once(meta, async (tx) => {
      const finding = await lockFinding(tx, findingId);
      const decided = decideStep(finding, written.step, writer, todayOf(tx));
      if (isRejected(decided)) return decided;
      const { organisationId, addressee, steps } = finding!;
      const version = steps.length + 2;
      const by = { by: meta.callerId, organisationId: writer.organisationId };
      await insertStep(tx, findingId, { ...written, ...by, version, late: decided.late });
      const reader = written.step === 'replied' ? { kind: 'auditor' as const, organisationId } : addressee;
      await tell(tx, finding!, { version, step: written.step, reader });
      return { version };
    });
  }
}

type Told = BodyOf<typeof FindingFollowedV1>;

/** Identity writes to whom it concerns; what was found and answered is read here. */
async function tell(
  tx: Tx, { findingId, severity, replyDue }: Pick<NewFinding, 'findingId' | 'severity' | 'replyDue'>,
  { version, step, reader }: Readonly<{ version: number; step: Told['step']; reader: Addressee | Told['reader'] }>,
): Promise<void> {
  await tx.emit(FindingFollowedV1, { subject: `finding:${findingId}`, subjectVersion: version, body: { findingId, version, step, severity, replyDue, reader } });
}

/** The operator is told what is addressed to it by the query; the others see no other rows, whatever the query asks. */
function readerOf({ organisationKind, organisationId, partyId }: Reader): string {
  if (organisationKind === 'operator') return OVERSEER;
  return organisationKind === 'auditor' ? organisationId : partyId ?? organisationId;
}

@QueryHandler(ListFindings)
export class ListFindingsHandler implements IQueryHandler<ListFindings> {
  constructor(private readonly work: AuditWork) {}

  execute({ reader, limit, below }: ListFindings) {
    return readAs(this.work, readerOf(reader), (sql) => listFindings(sql, reader, limit, below));
  }
}

@QueryHandler(ShowFinding)
export class ShowFindingHandler implements IQueryHandler<ShowFinding> {
  constructor(private readonly work: AuditWork) {}

  async execute({ findingId, reader }: ShowFinding) {
    const finding = await readAs(this.work, readerOf(reader), (sql) => findFinding(sql, findingId));
    return finding && (raised(finding, reader) || isAddressed(finding, reader)) ? finding : reject('finding_not_found');
  }
}
