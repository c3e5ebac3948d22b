// The SQL of samples, their items and what was found of each: rows come once and stay.
import type { Sql, Tx } from '#libs/persistence';
import type { DrawnItem } from './frame.store.js';
import type { Population, SampleFilter, Stratum, Verdict } from './sample.decision.js';

export type Sample = Readonly<{
  sampleId: string; organisationId: string; mandateIds: readonly string[]; title: string; population: Population;
  filter: SampleFilter; stratum: Stratum;
  bandCents: readonly number[]; logSize: number; frameCount: number; frameCents: number; seed: string; size: number;
  drawnBy: string; drawnAt: Date;
}>;
export type SampleRow = Sample & Readonly<{ ok: number; notOk: number; root: string }>;

export async function insertSample(tx: Tx, sample: Omit<Sample, 'drawnAt'>, items: readonly DrawnItem[]): Promise<void> {
  await tx.sql.$executeRaw`
    insert into audit.sample (id, organisation_id, mandate_ids, title, population, filter, stratum, band_cents, log_size, frame_count, frame_cents,
      seed, size, drawn_by, drawn_at)
    values (${sample.sampleId}::uuid, ${sample.organisationId}::uuid, ${sample.mandateIds}::uuid[], ${sample.title}, ${sample.population},
      ${JSON.stringify(sample.filter)}::jsonb, ${sample.stratum}, ${sample.bandCents}::bigint[], ${sample.logSize}::bigint, ${sample.frameCount},
      ${sample.frameCents}::bigint, ${sample.seed}, ${sample.size}, ${sample.drawnBy}::uuid, ${tx.now}::timestamptz)`;
  await tx.sql.$executeRaw`
    insert into audit.sample_item (sample_id, position, event_id, stratum, amount_cents)
    select ${sample.sampleId}::uuid, i.position, i.event_id, i.stratum, i.amount
    from unnest(${items.map(({ eventId }) => eventId)}::uuid[], ${items.map(({ stratum }) => stratum)}::text[],
      ${items.map(({ amountCents }) => amountCents)}::bigint[]) with ordinality i(event_id, stratum, amount, position)`;
}

/** Only what this auditing body drew itself: nobody else is told where it looks. */
export async function findSample(sql: Sql, sampleId: string, organisationId: string): Promise<SampleRow | undefined> {
  return (await selectSamples(sql, { organisationId, sampleId, below: null, limit: 1 }))[0];
}

/** The newest first. */
export const listSamples = (sql: Sql, organisationId: string, limit: number, below: string | null): Promise<SampleRow[]> =>
  selectSamples(sql, { organisationId, sampleId: null, below, limit });

type Wanted = Readonly<{ organisationId: string; sampleId: string | null; below: string | null; limit: number }>;

async function selectSamples(sql: Sql, { organisationId, sampleId, below, limit }: Wanted): Promise<SampleRow[]> {
  const rows = await sql.$queryRaw<(Omit<SampleRow, 'frameCents' | 'logSize' | 'bandCents'> & Record<'frameCents' | 'logSize', bigint> & { bandCents: bigint[] })[]>`
    select s.id as "sampleId", s.organisation_id as "organisationId", s.mandate_ids as "mandateIds", s.title, s.population, s.filter, s.stratum,
      s.band_cents as "bandCents", s.log_size as "logSize", s.frame_count as "frameCount", s.frame_cents as "frameCents", s.seed, s.size,
      s.drawn_by as "drawnBy", s.drawn_at as "drawnAt", encode(c.root, 'hex') as root,
      (select count(*)::int from audit.sample_item i where i.sample_id = s.id and audit.verdict_of(s.id, i.position) = 'ok') as ok,
      (select count(*)::int from audit.sample_item i where i.sample_id = s.id and audit.verdict_of(s.id, i.position) = 'not_ok') as "notOk"
    from audit.sample s join audit.checkpoint c on c.size = s.log_size
    where s.organisation_id = ${organisationId}::uuid and (${sampleId}::uuid is null or s.id = ${sampleId}::uuid)
      and (${below}::uuid is null or s.id < ${below}::uuid)
    order by s.id desc limit ${limit}`;
  return rows.map(({ frameCents, logSize, bandCents, ...row }) =>
    ({ ...row, frameCents: Number(frameCents), logSize: Number(logSize), bandCents: bandCents.map(Number) }));
}

export type Mark = Readonly<{ verdict: Verdict; note: string | null; by: string; at: string }>;
export type ItemRow = Readonly<{
  position: number; eventId: string; type: string; occurredAt: Date; stratum: string; amountCents: number; body: unknown;
  /** The oldest first; the last counts. */
  marks: readonly Mark[];
}>;

export async function listItems(sql: Sql, sampleId: string, after: number, limit: number): Promise<ItemRow[]> {
  const rows = await sql.$queryRaw<(Omit<ItemRow, 'amountCents'> & { amountCents: bigint })[]>`
    select i.position, i.event_id as "eventId", e.type, e.occurred_at as "occurredAt", i.stratum, i.amount_cents as "amountCents", e.body,
      coalesce((select jsonb_agg(jsonb_build_object('verdict', m.verdict, 'note', m.note, 'by', m.marked_by,
        'at', to_char(m.marked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by m.version)
        from audit.sample_mark m where m.sample_id = i.sample_id and m.position = i.position), '[]') as marks
    from audit.sample_item i join audit.event e on e.id = i.event_id
    where i.sample_id = ${sampleId}::uuid and i.position > ${after} order by i.position limit ${limit}`;
  return rows.map((row) => ({ ...row, amountCents: Number(row.amountCents) }));
}

export type NewMark = Readonly<{ sampleId: string; position: number; verdict: Verdict; note: string | null; by: string }>;

/** Two marks of one item follow each other. */
export async function insertMark(tx: Tx, { sampleId, position, verdict, note, by }: NewMark): Promise<void> {
  await tx.sql.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`audit:mark:${sampleId}:${position}`}, 0))`;
  await tx.sql.$executeRaw`
    insert into audit.sample_mark (sample_id, position, version, verdict, note, marked_by, marked_at)
    select ${sampleId}::uuid, ${position}::int, 1 + coalesce(max(version), 0), ${verdict}, ${note}, ${by}::uuid, ${tx.now}::timestamptz
    from audit.sample_mark where sample_id = ${sampleId}::uuid and position = ${position}::int`;
}
