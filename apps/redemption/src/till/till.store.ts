// The SQL of a batch: one network write opens the transaction, locks and loads; a second one writes and commits. Arrays
// go as text of our own making, because they hold uuids, numbers and catalogued codes only: nothing needs escaping.
import type pg from 'pg';
import { assert, cents, type LocalDate, type RedemptionId, type Rejected, type VoucherId } from '#libs/kernel';
import { VoucherRedeemedV1, type Unnumbered } from '#libs/contracts';
import { declaredOf, frozenTariffOf, participationOf, type DeclaredRow } from '../declared.store.js';
import { eventOf, type Declared, type LastUse, type Redemption } from '../redeem-voucher/redeem-voucher.decision.js';
import { keyOf, vouchersOf, type Refused, type StoredRefusal, type TillAttempt, type VoucherRow, type Writes } from './fold-batch.decision.js';
import { openSteps, writeHolds, type OpenedSteps } from './hold.store.js';
import { inKeyOrder } from './key-order.js';
import { inOneWrite } from './till-pool.js';

type Plain = string | number | bigint;
const array = (items: readonly Plain[]): string => `{${items.join(',')}}`;
const column = <Item>(items: readonly Item[], value: (item: Item) => Plain): string => array(items.map(value));

// One global order of locks, by the hash of the code, so that two processes with the same vouchers cannot block each other.
const LOCK = `
  select id, batch_id, index, code_mac, balance, expired, last_redemption_id, held, held_until, hold_id
  from redemption.voucher where code_mac = any($1::uuid[]) order by code_mac for update`;
// What follows is read after the lock, each with a snapshot of its own: a rival that held the vouchers is then visible.
const MOMENT = 'select version, clock_timestamp() as at from redemption.reference_version';
const COLUMNS = `id, voucher_id, batch_id, programme_id, place_id, site_id, amount, co_payment, balance_after,
  service_date::text as service_date, redeemed_at, session_id, service, duration_minutes, participants, first_visit, tariff_version, tariff_price,
  participation_id, paid_beside`;
const DONE = `select ${COLUMNS} from redemption.redemption where id = any($1::uuid[])`;
// With the keys of authorisations, so that none of them is the key of anything else; they have no code.
const REFUSED = `
  select key, request_hash, code, details from redemption.refused_redemption where key = any($1::uuid[])
  union all select id, request_hash, null, null from redemption.authorisation where id = any($1::uuid[])`;

type RedemptionRow = {
  id: RedemptionId; voucher_id: VoucherId; batch_id: Redemption['batchId']; programme_id: Redemption['programmeId'];
  place_id: Redemption['placeId']; site_id: Redemption['siteId']; amount: string; co_payment: string; balance_after: string;
  service_date: LocalDate; redeemed_at: Date;
} & DeclaredRow;

const redemptionOf = (row: RedemptionRow): Redemption => ({
  id: row.id, voucherId: row.voucher_id, batchId: row.batch_id, programmeId: row.programme_id, placeId: row.place_id,
  siteId: row.site_id, amount: cents(row.amount), coPayment: cents(row.co_payment), balanceAfter: cents(row.balance_after),
  serviceDate: row.service_date, declared: declaredOf(row), ...frozenTariffOf(row), ...participationOf(row), redeemedAt: row.redeemed_at,
});

export type Opened = OpenedSteps & Readonly<{
  at: Date;
  referenceVersion: bigint;
  vouchers: ReadonlyMap<string, VoucherRow>;
  redemptions: ReadonlyMap<RedemptionId, Redemption>;
  refusals: ReadonlyMap<RedemptionId, StoredRefusal>;
  authorisedKeys: ReadonlyMap<RedemptionId, string>;
}>;

type KeyRow = { key: RedemptionId; request_hash: string; code: string | null; details: Rejected['details'] };

export async function openBatch(client: pg.Client, attempts: readonly TillAttempt[]): Promise<Opened> {
  const single = attempts.flatMap(vouchersOf);
  const asked = single.filter(({ step }) => step?.kind !== 'check');
  const ids = array(asked.map(({ redemptionId }) => redemptionId));
  const [, locked, moment, done, keys, steps] = await inOneWrite(client, () => Promise.all([
    client.query('begin'),
    client.query<LockedRow>({ name: 'lock', text: LOCK, values: [array([...new Set(single.flatMap(({ codeMacs }) => codeMacs))])] }),
    client.query<{ version: string; at: Date }>({ name: 'moment', text: MOMENT }),
    client.query<RedemptionRow>({ name: 'done', text: DONE, values: [ids] }),
    client.query<KeyRow>({ name: 'refused', text: REFUSED, values: [array(asked.map(keyOf))] }),
    openSteps(client, asked),
  ]));
  const { version, at } = moment.rows[0]!;
  const [refused, authorised] = [keys.rows.filter(({ code }) => code !== null), keys.rows.filter(({ code }) => code === null)];
  return {
    at, referenceVersion: BigInt(version), ...steps,
    vouchers: new Map(locked.rows.map((row) => [row.code_mac, voucherOf(row)])),
    redemptions: new Map(done.rows.map((row) => [row.id, redemptionOf(row)])),
    refusals: new Map(refused.map(({ key, request_hash: requestHash, code, details }) =>
      [key, { requestHash, refusal: { kind: 'rejected', code: code!, details } }])),
    authorisedKeys: new Map(authorised.map(({ key, request_hash: requestHash }) => [key, requestHash])),
  };
}

type LockedRow = {
  id: VoucherId; batch_id: VoucherRow['batchId']; index: number; code_mac: string; balance: string; expired: string;
  last_redemption_id: RedemptionId | null; held: string | null; held_until: Date; hold_id: RedemptionId;
};

const voucherOf = (row: LockedRow): VoucherRow => ({
  id: row.id, batchId: row.batch_id, index: row.index, codeMac: row.code_mac, balance: cents(row.balance), expired: cents(row.expired),
  lastRedemptionId: row.last_redemption_id,
  ...(row.held !== null && { hold: { id: row.hold_id, amount: cents(row.held), until: row.held_until } }),
});

const LAST_USES = 'select voucher_id, place_id, site_id, redeemed_at from redemption.redemption where id = any($1::uuid[])';

/** By voucher; asked for only where a voucher was found empty. */
export async function loadLastUses(client: pg.Client, ids: readonly RedemptionId[]): Promise<Map<VoucherId, LastUse>> {
  const { rows } = await client.query<RedemptionRow>({ name: 'last-uses', text: LAST_USES, values: [array(ids)] });
  return new Map(rows.map((row) => [row.voucher_id, { placeId: row.place_id, siteId: row.site_id, redeemedAt: row.redeemed_at }]));
}

// The amount is taken off, not set: were a voucher ever decided about twice, its check would stop the second write.
const REDEEM = `
  with item as materialized (
    select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::bigint[], $8::bigint[],
      $9::bigint[], $10::date[], $11::int[], $12::int[], $13::uuid[], $14::text[], $15::text[], $21::uuid[], $22::text[],
      $23::int[], $24::int[], $25::boolean[], $26::smallint[], $27::int[], $28::uuid[], $29::int[])
      as t(id, voucher_id, batch_id, programme_id, place_id, site_id, amount, co_payment, balance_after, service_date,
        accreditation_version, fee_rule_version, custody_account_id, debit, credit, session_id, service, duration_minutes,
        participants, first_visit, tariff_version, tariff_price, participation_id, paid_beside)),
  sent as (insert into redemption.outbox (messages) values ($16::jsonb) returning id),
  spent as (
    update redemption.voucher v set balance = v.balance - s.amount, last_redemption_id = s.last_redemption_id
    from unnest($17::uuid[], $18::bigint[], $19::uuid[]) as s(code_mac, amount, last_redemption_id)
    where v.code_mac = s.code_mac),
  posted as (
    insert into redemption.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id, booked_at)
    select id, 0, '7', debit, credit, amount, 'EUR', custody_account_id, $20::timestamptz from item)
  insert into redemption.redemption (id, voucher_id, batch_id, programme_id, place_id, site_id, amount, co_payment,
    balance_after, service_date, accreditation_version, fee_rule_version, currency, redeemed_at, outbox_id, session_id, service,
    duration_minutes, participants, first_visit, tariff_version, tariff_price, participation_id, paid_beside)
  select item.id, voucher_id, batch_id, programme_id, place_id, site_id, amount, co_payment, balance_after, service_date,
    accreditation_version, fee_rule_version, 'EUR', $20::timestamptz, sent.id, session_id, service, duration_minutes, participants,
    first_visit, tariff_version, tariff_price, participation_id, paid_beside
  from item, sent`;

const REFUSE = `
  insert into redemption.refused_redemption (key, place_id, request_hash, code, details, refused_at)
  select key, place_id, request_hash, code, details, $2::timestamptz
  from jsonb_to_recordset($1::jsonb) as t(key uuid, place_id uuid, request_hash uuid, code text, details jsonb)`;

/**
 * Writes and commits. COMMIT of a transaction that a failed write has ended answers ROLLBACK and no error, so the writes'
 * own results are what counts; all of them are awaited together. Throws what the first of them threw.
 * Without writes it ends by ROLLBACK: a COMMIT waits for the disk where a voucher was found and locked, and not where none was, so
 * that the time of a check would tell which codes there are.
 */
export async function closeBatch(client: pg.Client, { redeemed, spent, refused, authorised, holds }: Writes, at: Date): Promise<void> {
  if (holds.length + redeemed.length + refused.length === 0) return rollback(client);
  const [commit] = await inOneWrite(client, () => {
    const writes: Promise<unknown>[] = [];
    if (holds.length > 0) writes.push(writeHolds(client, { authorised, holds }, at));
    if (redeemed.length > 0) writes.push(client.query({ name: 'redeem', text: REDEEM, values: redeemValues(redeemed, spent, at) }));
    if (refused.length > 0) writes.push(client.query({ name: 'refuse', text: REFUSE, values: [refusedRows(refused), at] }));
    return Promise.all([client.query('commit'), ...writes]);
  });
  assert(commit.command === 'COMMIT', `the batch ended with ${commit.command}`);
}

export async function rollback(client: pg.Client): Promise<void> {
  await client.query('rollback');
}

function redeemValues(decided: Writes['redeemed'], spent: Writes['spent'], at: Date): unknown[] {
  const redeemed = inKeyOrder(decided, ({ attempt }) => attempt.redemptionId);
  const of = (value: (redemption: Redemption) => string | number | bigint) =>
    column(redeemed, ({ outcome }) => value(outcome.redemption));
  const said = (name: keyof Declared) => column(redeemed, ({ outcome }) => String(outcome.redemption.declared[name] ?? 'NULL'));
  const posted = (side: 'debit' | 'credit') => column(redeemed, ({ outcome }) => outcome.posting.transfers[0]![side]);
  return [
    of(({ id }) => id), of(({ voucherId }) => voucherId), of(({ batchId }) => batchId), of(({ programmeId }) => programmeId),
    of(({ placeId }) => placeId), of(({ siteId }) => siteId), of(({ amount }) => amount), of(({ coPayment }) => coPayment),
    of(({ balanceAfter }) => balanceAfter), of(({ serviceDate }) => serviceDate),
    column(redeemed, ({ outcome }) => outcome.frozen.accreditationVersion),
    column(redeemed, ({ outcome }) => outcome.frozen.feeRuleVersion),
    column(redeemed, ({ outcome }) => outcome.posting.custodyAccountId), posted('debit'), posted('credit'),
    JSON.stringify(decided.map(messageOf)),
    column(spent, ({ codeMac }) => codeMac), column(spent, ({ amount }) => amount),
    column(spent, ({ lastRedemptionId }) => lastRedemptionId),
    at.toISOString(),
    said('sessionId'), said('service'), said('durationMinutes'), said('participants'), said('firstVisit'),
    column(redeemed, ({ outcome }) => outcome.redemption.tariff?.version ?? 'NULL'),
    column(redeemed, ({ outcome }) => outcome.redemption.tariff?.price ?? 'NULL'),
    column(redeemed, ({ outcome }) => outcome.redemption.participationOf ?? 'NULL'),
    column(redeemed, ({ outcome }) => outcome.redemption.beside ?? 'NULL'),
  ];
}

/** Not parsed against its contract at each redemption, as `tx.emit` would: a spec does it for all that a test emits. */
function messageOf({ attempt, outcome, voucherIndex }: Writes['redeemed'][number]): Unnumbered {
  const { id, placeId, redeemedAt } = outcome.redemption;
  return {
    id, type: VoucherRedeemedV1.type, subject: `redemption:${id}`, subjectVersion: 1, occurredAt: redeemedAt.toISOString(),
    causationId: `request:${id}`, correlationId: attempt.correlationId, actor: { kind: 'place', id: placeId },
    body: { ...eventOf(outcome, voucherIndex), ...onDevice(attempt) },
  };
}

const onDevice = ({ deviceId, capturedAt }: TillAttempt) =>
  ({ ...(deviceId && { deviceId }), ...(capturedAt && { capturedAt: capturedAt.toISOString() }) });

const refusedRows = (refused: readonly Refused[]): string => {
  const rows = inKeyOrder(refused, ({ attempt }) => keyOf(attempt));
  return JSON.stringify(rows.map(({ attempt, refusal, requestHash }) => ({
    key: keyOf(attempt), place_id: attempt.placeId, request_hash: requestHash, code: refusal.code, details: refusal.details,
  })));
};
