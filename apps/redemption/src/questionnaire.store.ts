// The SQL of questionnaires.
import type { LocalDate, ProgrammeId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { Questionnaire } from './questionnaire.decision.js';

export type StoredQuestionnaire = Questionnaire & Readonly<{ programmeId: ProgrammeId; version: number; from: LocalDate }>;

/** The next version of the programme's. The caller holds the lock of its questionnaires. */
export async function insertQuestionnaire(
  tx: Tx, { programmeId, from, threshold, questions, documents }: Omit<StoredQuestionnaire, 'version'>,
): Promise<number> {
  const [row] = await tx.sql.$queryRaw<{ version: number }[]>`
    insert into redemption.questionnaire (programme_id, version, from_day, threshold, questions, documents, published_by, published_at)
    select ${programmeId}::uuid, coalesce(max(version), 0) + 1, ${from}::date, ${threshold}::int, ${JSON.stringify(questions)}::jsonb,
      ${[...documents]}::text[], ${tx.origin.actor.id}, ${tx.now}
    from redemption.questionnaire where programme_id = ${programmeId}::uuid returning version`;
  return row!.version;
}

/** The one that counts on a day, for applications that begin or are submitted for the first time. */
export async function versionOn(tx: Tx, programmeId: ProgrammeId, day: LocalDate): Promise<number | null> {
  const [row] = await tx.sql.$queryRaw<{ version: number | null }[]>`
    select max(version) as version from redemption.questionnaire where programme_id = ${programmeId}::uuid and from_day <= ${day}::date`;
  return row!.version;
}

export async function isProgrammeKnown(tx: Tx, programmeId: ProgrammeId): Promise<boolean> {
  const rows = await tx.sql.$queryRaw<unknown[]>`select 1 from redemption.known_programme where programme_id = ${programmeId}::uuid`;
  return rows.length > 0;
}

/** Of a programme, the newest version first. */
export const listQuestionnaires = (sql: Sql, programmeId: ProgrammeId): Promise<StoredQuestionnaire[]> => sql.$queryRaw<StoredQuestionnaire[]>`
  select programme_id as "programmeId", version, from_day::text as "from", threshold, questions, documents
  from redemption.questionnaire where programme_id = ${programmeId}::uuid order by version desc limit 100`;
