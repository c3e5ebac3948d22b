// How many, by the inspector from the services' own tables.
import type pg from 'pg';

/** Rows of the file of places, by what became of them the first time that it was sent. */
export type PlaceCounts = Readonly<{
  read: number; imported: number;
  /** Into a place that was known, whether the row said anything new or not. */
  merged: number;
  refused: number;
}>;

const PLACES = `select coalesce(sum(read), 0)::int as read, coalesce(sum(imported), 0)::int as imported,
  coalesce(sum(merged + unchanged), 0)::int as merged, coalesce(sum(refused), 0)::int as refused
  from (select distinct on (sha256) * from redemption.file_import where kind = 'places' order by sha256, started_at, id) first_time`;

export async function readPlaceCounts(inspector: pg.Client): Promise<PlaceCounts> {
  const { rows } = await inspector.query<PlaceCounts>(PLACES);
  return rows[0]!;
}

export type VoucherCounts = Readonly<{
  /** Without replacements. */
  issued: number;
  replaced: number;
  /** That could be spent at some time. */
  spendable: number;
  handedOver: number;
  /** Less what was undone. */
  redeemed: number;
  refusedByCode: Readonly<Record<string, number>>;
  expired: number;
}>;

const REDEEMED = 'redemption.redemption r where not exists (select from redemption.undone_redemption u where u.redemption_id = r.id)';
const COUNTS = `select
  (select coalesce(sum(count), 0) from issuance.chunk where batch_id not in (select batch_id from issuance.replacement))::int as issued,
  (select coalesce(sum(count), 0) from issuance.chunk where batch_id in (select batch_id from issuance.replacement))::int as replaced,
  (select coalesce(sum(last - first + 1), 0) from redemption.voucher_range where spendable_at is not null)::int as spendable,
  (select coalesce(sum(last - first + 1), 0) from issuance.hand_over where returned_at is null)::int as "handedOver",
  (select count(distinct voucher_id) from ${REDEEMED})::int as redeemed,
  (select coalesce(sum(count), 0) from redemption.expiry_chunk)::int as expired,
  (select coalesce(jsonb_object_agg(code, count), '{}') from (select code, count(*) from redemption.refused_redemption group by code order by code) r) as "refusedByCode"`;

export async function readVoucherCounts(inspector: pg.Client): Promise<VoucherCounts> {
  const { rows } = await inspector.query<VoucherCounts>(COUNTS);
  return rows[0]!;
}

/** How many events audit has, for a year that did not come to its seal. */
export async function countEvents(inspector: pg.Client): Promise<number> {
  const { rows } = await inspector.query<{ events: number }>('select count(*)::int as events from audit.event');
  return rows[0]!.events;
}

/** What the rules against fraud found, by rule. */
export async function countAlerts(inspector: pg.Client): Promise<Readonly<Record<string, number>>> {
  const { rows } = await inspector.query<{ rule: string; count: number }>('select rule, count(*)::int as count from audit.alert group by rule order by rule');
  return Object.fromEntries(rows.map(({ rule, count }) => [rule, count]));
}
