// The SQL of applications for accreditation.
import { idOf, type ApplicationId, type PlaceId, type ProgrammeId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { Application, ApplicationState, Content, Standing } from './application.decision.js';

type Start = Readonly<{ placeId: PlaceId; programmeId: ProgrammeId }>;
export type FoundStanding = Pick<Standing, 'placeKnown' | 'accreditedUntil'>;

/** A provisional accreditation, one that was withdrawn, or one that the place has left does not stand in the way of an application. */
export async function readStanding(tx: Tx, { placeId, programmeId }: Start): Promise<FoundStanding> {
  const [row] = await tx.sql.$queryRaw<FoundStanding[]>`
    select exists (select from redemption.place where id = ${placeId}::uuid) as "placeKnown",
      (select l.to_day::text from (select * from redemption.accreditation a
          where a.place_id = ${placeId}::uuid and a.programme_id = ${programmeId}::uuid order by a.version desc limit 1) l
        where not exists (select from redemption.measure_span m where m.place_id = l.place_id and m.programme_id = l.programme_id
            and m.kind = 'withdrawal' and m.until_day is null)
          and not exists (select from redemption.departure_span d join redemption.site s on s.place_id = d.place_id
            where d.place_id = l.place_id and d.programme_id = l.programme_id and d.until_day is null
              and d.from_day <= (${tx.now}::timestamptz at time zone s.time_zone)::date)
          and not exists (select from redemption.application_step s join redemption.application a on a.id = s.application_id
            where a.place_id = l.place_id and a.programme_id = l.programme_id and s.step = 'provisional' and s.accreditation_version = l.version)
      ) as "accreditedUntil"`;
  return row!;
}

export type NewApplication = Readonly<{
  applicationId: ApplicationId; placeId: PlaceId; programmeId: ProgrammeId; questionnaireVersion: number;
}>;

export async function insertApplication(
  tx: Tx, { applicationId, placeId, programmeId, questionnaireVersion }: NewApplication,
): Promise<void> {
  await tx.sql.$executeRaw`
    insert into redemption.application (id, place_id, programme_id, questionnaire_version, state, answers, documents, created_by, created_at)
    values (${applicationId}::uuid, ${placeId}::uuid, ${programmeId}::uuid, ${questionnaireVersion}, 'draft', '{}', '[]',
      ${tx.origin.actor.id}, ${tx.now})`;
}

export type StoredApplication = Application & Readonly<{
  placeId: PlaceId; programmeId: ProgrammeId; questionnaireVersion: number;
  /** Last; null for what was never submitted. */
  submittedAt: Date | null;
}>;

/** Locked: what a place submits and what an operator decides come one after the other. `placeId`: whose it has to be; null: anybody's. */
export async function lockApplication(tx: Tx, id: ApplicationId, placeId: PlaceId | null): Promise<StoredApplication | undefined> {
  const [row] = await tx.sql.$queryRaw<StoredApplication[]>`
    select a.place_id as "placeId", a.programme_id as "programmeId", a.questionnaire_version as "questionnaireVersion", a.state, a.answers, a.documents,
      (select max(s.taken_at) from redemption.application_step s where s.application_id = a.id and s.step = 'submitted') as "submittedAt",
      jsonb_build_object('threshold', q.threshold, 'questions', q.questions, 'documents', q.documents) as questionnaire
    from redemption.application a join redemption.questionnaire q on q.programme_id = a.programme_id and q.version = a.questionnaire_version
    where a.id = ${id}::uuid and (${placeId}::uuid is null or a.place_id = ${placeId}::uuid) for update of a`;
  return row;
}

export type OpenApplication = StoredApplication & Readonly<{ id: ApplicationId }>;

/** Of the place and programme, the one that is not decided yet, locked. */
export async function lockOpen(tx: Tx, { placeId, programmeId }: Start): Promise<OpenApplication | undefined> {
  const [row] = await tx.sql.$queryRaw<{ id: ApplicationId }[]>`
    select id from redemption.application where place_id = ${placeId}::uuid and programme_id = ${programmeId}::uuid
      and state not in ('accredited', 'refused') for update`;
  const application = row && await lockApplication(tx, row.id, placeId);
  return application && { ...application, id: row.id };
}

/** The same draft, by another questionnaire from now on. */
export async function beginAnew(tx: Tx, id: ApplicationId, questionnaireVersion: number): Promise<void> {
  await tx.sql.$executeRaw`
    update redemption.application set questionnaire_version = ${questionnaireVersion} where id = ${id}::uuid`;
}

export async function writeContent(tx: Tx, id: ApplicationId, { answers, documents }: Content): Promise<void> {
  await tx.sql.$executeRaw`
    update redemption.application set answers = ${JSON.stringify(answers)}::jsonb, documents = ${JSON.stringify(documents)}::jsonb
    where id = ${id}::uuid`;
}

export type Step = Readonly<{
  step: Exclude<ApplicationState, 'draft'> | 'reopened';
  explanation?: string;
  submitted?: Content & Readonly<{ points: number }>;
  accreditationVersion?: number;
}>;

/** Moves the application and says why; a reopened one is under review again. */
export async function moveApplication(
  tx: Tx, id: ApplicationId, { step, explanation, submitted, accreditationVersion }: Step,
): Promise<void> {
  await tx.sql.$executeRaw`
    insert into redemption.application_step (id, application_id, step, explanation, answers, documents, points, accreditation_version, taken_by, taken_at)
    values (${idOf('applicationStep', tx.newId())}::uuid, ${id}::uuid, ${step}, ${explanation ?? null},
      ${submitted ? JSON.stringify(submitted.answers) : null}::jsonb, ${submitted ? JSON.stringify(submitted.documents) : null}::jsonb,
      ${submitted?.points ?? null}::int, ${accreditationVersion ?? null}::int, ${tx.origin.actor.id}, ${tx.now})`;
  await tx.sql.$executeRaw`
    update redemption.application set state = ${step === 'reopened' ? 'under_review' : step} where id = ${id}::uuid`;
}

/** Not where the place has applied anew since: that one is reviewed, and the old one stays as it is. */
export async function reopenRefused(tx: Tx, refusalId: string, reasons: string): Promise<void> {
  const [row] = await tx.sql.$queryRaw<{ id: ApplicationId }[]>`
    select a.id from redemption.application_step s join redemption.application a on a.id = s.application_id
    where s.id = ${refusalId}::uuid and a.state = 'refused' and not exists (select from redemption.application o
      where o.place_id = a.place_id and o.programme_id = a.programme_id and o.state not in ('accredited', 'refused')) for update of a`;
  if (row) await moveApplication(tx, row.id, { step: 'reopened', explanation: reasons });
}
