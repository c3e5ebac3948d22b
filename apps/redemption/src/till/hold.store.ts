// The SQL of two-step redemption at the till. Nothing here is sent for a batch of redemptions at once, but the clearing of a
// hold that lapsed on one of their vouchers.
import type pg from 'pg';
import { VoucherAuthorisedV1, type Unnumbered } from '#libs/contracts';
import { cents, type RedemptionId } from '#libs/kernel';
import { authorisedEventOf, type Authorisation } from '../authorise-redemption/authorise-redemption.decision.js';
import { declaredOf, type DeclaredRow } from '../declared.store.js';
import { derivedId } from '../derived-id.js';
import type { TillAttempt, Writes } from './fold-batch.decision.js';
import { inKeyOrder } from './key-order.js';

const AUTHORISED = `
  select id, voucher_id, batch_id, programme_id, place_id, site_id, amount, co_payment, service_date::text as service_date,
    service, duration_minutes, participants, first_visit, authorised_at, held_until
  from redemption.authorisation where id = any($1::uuid[])`;
const CANCELLED = 'select id from redemption.cancelled_authorisation where id = any($1::uuid[])';

type Row = Pick<Authorisation, 'id'> & Omit<DeclaredRow, 'session_id'> & {
  voucher_id: Authorisation['voucherId']; batch_id: Authorisation['batchId']; programme_id: Authorisation['programmeId'];
  place_id: Authorisation['placeId']; site_id: Authorisation['siteId']; amount: string; co_payment: string;
  service_date: Authorisation['serviceDate']; authorised_at: Date; held_until: Date;
};

const authorisationOf = (row: Row): Authorisation => ({
  id: row.id, voucherId: row.voucher_id, batchId: row.batch_id, programmeId: row.programme_id, placeId: row.place_id, siteId: row.site_id,
  amount: cents(row.amount), coPayment: cents(row.co_payment), serviceDate: row.service_date,
  declared: declaredOf({ ...row, session_id: null }), authorisedAt: row.authorised_at, heldUntil: row.held_until,
});

export type OpenedSteps = Readonly<{ authorisations: ReadonlyMap<RedemptionId, Authorisation>; cancelled: ReadonlySet<RedemptionId> }>;

/** To be sent after the lock, as all that is decided by. Each of the two only where somebody asks for that step. */
export async function openSteps(client: pg.Client, attempts: readonly TillAttempt[]): Promise<OpenedSteps> {
  const idsOf = (kind: 'authorise' | 'confirm') => attempts.flatMap(({ step, redemptionId }) => (step?.kind === kind ? [redemptionId] : []));
  const ask = async <R extends pg.QueryResultRow>(name: string, text: string, ids: readonly RedemptionId[]): Promise<readonly R[]> =>
    (ids.length === 0 ? [] : (await client.query<R>({ name, text, values: [`{${ids.join(',')}}`] })).rows);
  const [authorised, cancelled] = await Promise.all([
    ask<Row>('authorised', AUTHORISED, idsOf('authorise')), ask<Pick<Row, 'id'>>('cancelled', CANCELLED, idsOf('confirm')),
  ]);
  return {
    authorisations: new Map(authorised.map((row) => [row.id, authorisationOf(row)])), cancelled: new Set(cancelled.map(({ id }) => id)),
  };
}

// One statement for all holds of a batch, before its redemptions are written: a balance never falls below a hold of the past.
const HOLD = `
  with item as materialized (
    select * from jsonb_to_recordset($1::jsonb) as t(id uuid, voucher_id uuid, batch_id uuid, programme_id uuid, place_id uuid,
      site_id uuid, amount bigint, co_payment bigint, service_date date, service text, duration_minutes int, participants int,
      first_visit boolean, request_hash uuid, held_until timestamptz)),
  sent as (insert into redemption.outbox (messages) select $2::jsonb where jsonb_array_length($2::jsonb) > 0),
  authorised as (
    insert into redemption.authorisation (id, voucher_id, batch_id, programme_id, place_id, site_id, amount, currency, co_payment,
      service_date, service, duration_minutes, participants, first_visit, request_hash, authorised_at, held_until)
    select id, voucher_id, batch_id, programme_id, place_id, site_id, amount, 'EUR', co_payment, service_date, service,
      duration_minutes, participants, first_visit, request_hash, $3::timestamptz, held_until
    from item)
  update redemption.voucher v set held = h.held, held_until = h.held_until, hold_id = h.hold_id
  from unnest($4::uuid[], $5::bigint[], $6::timestamptz[], $7::uuid[]) as h(code_mac, held, held_until, hold_id)
  where v.code_mac = h.code_mac`;

export function writeHolds(client: pg.Client, { authorised, holds }: Pick<Writes, 'authorised' | 'holds'>, at: Date): Promise<unknown> {
  const column = (value: (hold: NonNullable<Writes['holds'][number]['hold']>) => string | bigint) =>
    `{${holds.map(({ hold }) => (hold ? value(hold) : 'NULL')).join(',')}}`;
  const rows = inKeyOrder(authorised, ({ authorisation }) => authorisation.id).map(rowOf);
  return client.query({ name: 'hold', text: HOLD, values: [
    JSON.stringify(rows), JSON.stringify(authorised.map(messageOf)), at.toISOString(),
    `{${holds.map(({ codeMac }) => codeMac).join(',')}}`,
    column(({ amount }) => amount), column(({ until }) => `"${until.toISOString()}"`), column(({ id }) => id),
  ] });
}

type Item = Writes['authorised'][number];

const rowOf = ({ authorisation, requestHash }: Item) => {
  const { id, voucherId, batchId, programmeId, placeId, siteId, amount, coPayment, serviceDate, declared, heldUntil } = authorisation;
  return {
    id, voucher_id: voucherId, batch_id: batchId, programme_id: programmeId, place_id: placeId, site_id: siteId, amount: String(amount),
    co_payment: String(coPayment), service_date: serviceDate, service: declared.service, duration_minutes: declared.durationMinutes,
    participants: declared.participants, first_visit: declared.firstVisit, request_hash: requestHash, held_until: heldUntil,
  };
};

/** The id of the authorisation is kept for the message of its redemption. */
function messageOf({ attempt, authorisation, voucherIndex }: Item): Unnumbered {
  const { id, placeId, authorisedAt } = authorisation;
  return {
    id: derivedId(id, 'authorised'), type: VoucherAuthorisedV1.type, subject: `authorisation:${id}`, subjectVersion: 1,
    occurredAt: authorisedAt.toISOString(), causationId: `request:${id}`, correlationId: attempt.correlationId,
    actor: { kind: 'place', id: placeId }, body: authorisedEventOf(authorisation, voucherIndex),
  };
}
