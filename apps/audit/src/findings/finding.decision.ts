// A finding, from its raising to its end: who may write what next. Nothing is edited; what comes later stands below what came before.
import { reject, type LocalDate } from '#libs/kernel';

export const SEVERITIES = ['minor', 'major', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];
export const OUTCOMES = ['settled', 'accepted_risk', 'withdrawn', 'unresolved'] as const;
export type Outcome = (typeof OUTCOMES)[number];
export type StepName = 'noted' | 'replied' | 'closed';

export type Addressee = Readonly<{ kind: 'operator' }> | Readonly<{ kind: 'payer' | 'place'; partyId: string }>;
/** As the token says it. */
export type Reader = Readonly<{ organisationKind: string; organisationId: string; partyId: string | null }>;
export type FindingState = Readonly<{ organisationId: string; addressee: Addressee; replyDue: LocalDate; isClosed: boolean }>;

export const decideRaising = (replyDue: LocalDate, today: LocalDate) => (replyDue < today ? reject('reply_due_past') : { kind: 'raised' as const });

export const raised = ({ organisationId }: FindingState, reader: Reader): boolean =>
  reader.organisationKind === 'auditor' && reader.organisationId === organisationId;

export const isAddressed = ({ addressee }: FindingState, { organisationKind, partyId }: Reader): boolean =>
  addressee.kind === organisationKind && (addressee.kind === 'operator' || addressee.partyId === partyId);

/** Who raised it goes on and ends it; whom it is addressed to replies, also after the day that was asked for, which is then said. */
export function decideStep(finding: FindingState | undefined, step: StepName, writer: Reader, today: LocalDate) {
  const may = finding && (step === 'replied' ? isAddressed(finding, writer) : raised(finding, writer));
  // Whom it does not concern learns nothing of it.
  if (!finding || !may) return reject('finding_not_found');
  if (finding.isClosed) return reject('finding_closed');
  return { kind: step, late: step === 'replied' ? today > finding.replyDue : null };
}
