// Steps of vintages and what payers signed off. A vintage is all batches of a programme that have one last day of use.
import type { BatchId, DistributorId, LocalDate, PayerId, ProgrammeId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { DueStep } from '../track-expiry/track-expiry.command.js';
import type { BatchFigures, SignedStep } from './sign-off-vintage.decision.js';
import type { Concerned } from './vintage-notices.decision.js';

/** With how many of the batch's vouchers were handed over by now. To be called under the batch's stock lock. */
export async function insertStep(tx: Tx, eventId: string, due: DueStep, issuedCount: number): Promise<void> {
  await tx.sql.$executeRaw`
    insert into issuance.expiry_step (event_id, batch_id, programme_id, usable_until, claimable_until, step, due_on, issued_count,
      handed_over_count, spendable_count, started_count, left_cents, currency, taken_at)
    select ${eventId}::uuid, ${due.batchId}::uuid, ${due.programmeId}::uuid, ${due.usableUntil}::date, ${due.claimableUntil}::date,
      ${due.step}, ${due.dueOn}::date, ${issuedCount},
      (select coalesce(sum(h.last - h.first + 1), 0)::int from issuance.hand_over h where h.batch_id = ${due.batchId}::uuid and h.returned_at is null),
      ${due.spendableCount}, ${due.startedCount}, ${due.leftCents}::bigint, ${due.currency}, ${tx.now}`;
}

/** The payers of the batches' orders, and the distributors that received some of them. By id. */
export async function concernedBy(sql: Sql, batchIds: readonly BatchId[]): Promise<Concerned> {
  const payers = await sql.$queryRaw<{ id: PayerId }[]>`
    select distinct s.payer_id as id from issuance.order_share s join issuance.batch b on b.order_id = s.order_id
    where b.id = any(${batchIds}::uuid[]) order by 1`;
  const distributors = await sql.$queryRaw<{ id: DistributorId }[]>`
    select distinct o.distributor_id as id from issuance.delivery_outcome o
    where o.batch_id = any(${batchIds}::uuid[]) and o.outcome = 'received' order by 1`;
  return { payerIds: payers.map(({ id }) => id), distributorIds: distributors.map(({ id }) => id) };
}

/** Under its latest rules: that is how people call it now. */
export async function programmeNameOf(sql: Sql, programmeId: ProgrammeId): Promise<string> {
  const [row] = await sql.$queryRaw<{ name: string }[]>`
    select name from issuance.programme_rule where programme_id = ${programmeId}::uuid order by version desc limit 1`;
  return row!.name;
}

export type VintageStep = Readonly<{
  programmeId: ProgrammeId; usableUntil: LocalDate; step: SignedStep; payerId: PayerId;
}>;

/** A payer's part of a vintage at a step: every batch of its orders that has come to it. By batch id. */
export const figuresOf = (sql: Sql, { programmeId, usableUntil, step, payerId }: Omit<VintageStep, 'step'> & { step: string }): Promise<BatchFigures[]> =>
  sql.$queryRaw<BatchFigures[]>`
    select s.batch_id as "batchId", b.order_id as "orderId", s.claimable_until::text as "claimableUntil", s.issued_count as "issuedCount",
      s.handed_over_count as "handedOverCount", s.spendable_count as "spendableCount", s.started_count as "startedCount",
      s.left_cents::float8 as "leftCents"
    from issuance.expiry_step s join issuance.batch b on b.id = s.batch_id
    where s.programme_id = ${programmeId}::uuid and s.usable_until = ${usableUntil}::date and s.step = ${step}
      and exists (select from issuance.order_share o where o.order_id = b.order_id and o.payer_id = ${payerId}::uuid)
    order by s.batch_id`;

export async function signedSteps(sql: Sql, { programmeId, usableUntil, payerId }: VintageStep): Promise<SignedStep[]> {
  const rows = await sql.$queryRaw<{ step: SignedStep }[]>`
    select step from issuance.vintage_sign_off
    where programme_id = ${programmeId}::uuid and usable_until = ${usableUntil}::date and payer_id = ${payerId}::uuid`;
  return rows.map(({ step }) => step);
}

export type NewSignOff = VintageStep & Readonly<{ content: string; sha256: string }>;

export async function insertSignOff(tx: Tx, signOff: NewSignOff, signedBy: string): Promise<void> {
  const { programmeId, usableUntil, step, payerId, content, sha256 } = signOff;
  await tx.sql.$executeRaw`
    insert into issuance.vintage_sign_off (programme_id, usable_until, step, payer_id, content, sha256, signed_by, signed_at)
    values (${programmeId}::uuid, ${usableUntil}::date, ${step}, ${payerId}::uuid, ${content}, ${sha256}, ${signedBy}, ${tx.now})`;
}

/** The payer's batches of the vintage whose orders have no other payer that has not signed the fifteenth day off. */
export async function batchesSignedByAll(sql: Sql, { programmeId, usableUntil, payerId }: VintageStep): Promise<BatchId[]> {
  const rows = await sql.$queryRaw<{ id: BatchId }[]>`
    select s.batch_id as id from issuance.expiry_step s join issuance.batch b on b.id = s.batch_id
    where s.programme_id = ${programmeId}::uuid and s.usable_until = ${usableUntil}::date and s.step = 'fifteen_days'
      and exists (select from issuance.order_share o where o.order_id = b.order_id and o.payer_id = ${payerId}::uuid)
      and not exists (select from issuance.order_share o where o.order_id = b.order_id and not exists (
        select from issuance.vintage_sign_off f where f.programme_id = s.programme_id and f.usable_until = s.usable_until
          and f.step = 'fifteen_days' and f.payer_id = o.payer_id))
    order by 1`;
  return rows.map(({ id }) => id);
}
