// The SQL of appeals: what places say against decisions about them, and what was answered.
import type { AppealId, ApplicationStepId, LocalDate, MeasureId, PlaceId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';

/** What an appeal is against. */
export type Decision = Readonly<{ kind: 'measure'; id: MeasureId }> | Readonly<{ kind: 'refusal'; id: ApplicationStepId }>;
export type Contestable = Readonly<{ placeId: PlaceId; decidedBy: string; decidedAt: Date; appealed: boolean }>;

export async function readContestable(tx: Tx, { kind, id }: Decision): Promise<Contestable | undefined> {
  const [row] = await tx.sql.$queryRaw<Contestable[]>`
    select c.place_id as "placeId", c.decided_by as "decidedBy", c.decided_at as "decidedAt",
      exists (select from redemption.appeal a where coalesce(a.measure_id, a.refusal_id) = c.decision_id) as appealed
    from redemption.contestable c where c.decision_id = ${id}::uuid and c.kind = ${kind}`;
  return row;
}

export type NewAppeal = Readonly<{ appealId: AppealId; against: Decision; placeId: PlaceId; grounds: string; answerDue: LocalDate }>;

export async function insertAppeal(tx: Tx, { appealId, against, placeId, grounds, answerDue }: NewAppeal): Promise<void> {
  await tx.sql.$executeRaw`
    insert into redemption.appeal (id, place_id, measure_id, refusal_id, grounds, stated_by, stated_at, answer_due)
    values (${appealId}::uuid, ${placeId}::uuid, ${against.kind === 'measure' ? against.id : null}::uuid,
      ${against.kind === 'refusal' ? against.id : null}::uuid, ${grounds}, ${tx.origin.actor.id}, ${tx.now}, ${answerDue}::date)`;
}

export type AnswerableAppeal = Readonly<{ placeId: PlaceId; against: Decision; decidedBy: string; answered: boolean }>;

export async function readAppeal(tx: Tx, appealId: AppealId): Promise<AnswerableAppeal | undefined> {
  const [row] = await tx.sql.$queryRaw<(Omit<AnswerableAppeal, 'against'> & Decision)[]>`
    select a.place_id as "placeId", c.kind, c.decision_id as id, c.decided_by as "decidedBy",
      exists (select from redemption.appeal_answer w where w.appeal_id = a.id) as answered
    from redemption.appeal a join redemption.contestable c on c.decision_id = coalesce(a.measure_id, a.refusal_id)
    where a.id = ${appealId}::uuid`;
  if (!row) return undefined;
  const { kind, id, ...appeal } = row;
  return { ...appeal, against: { kind, id } as Decision };
}

export type AppealOutcome = 'upheld' | 'rejected';

export async function insertAppealAnswer(
  tx: Tx, { appealId, outcome, reasons }: Readonly<{ appealId: AppealId; outcome: AppealOutcome; reasons: string }>,
): Promise<void> {
  await tx.sql.$executeRaw`
    insert into redemption.appeal_answer (appeal_id, outcome, reasons, answered_by, answered_at)
    values (${appealId}::uuid, ${outcome}, ${reasons}, ${tx.origin.actor.id}, ${tx.now})`;
}
