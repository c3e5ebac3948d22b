// How many, by the inspector from the services' own tables.
import type pg from 'pg';

export type VoucherCounts = Readonly<{
  issued: number;
  /** That could be spent at some time. */
  spendable: number;
  redeemed: number;
  refusedByCode: Readonly<Record<string, number>>;
}>;

const COUNTS = `select
  (select coalesce(sum(count), 0) from issuance.chunk)::int as issued,
  (select coalesce(sum(last - first + 1), 0) from redemption.voucher_range where spendable_at is not null)::int as spendable,
  (select count(distinct voucher_id) from redemption.redemption)::int as redeemed,
  (select coalesce(jsonb_object_agg(code, count), '{}') from (select code, count(*) from redemption.refused_redemption group by code order by code) r) as "refusedByCode"`;

export async function readVoucherCounts(inspector: pg.Client): Promise<VoucherCounts> {
  const { rows } = await inspector.query<VoucherCounts>(COUNTS);
  return rows[0]!;
}

export type AuditCounts = Readonly<{ events: number }>;

export async function readAuditCounts(inspector: pg.Client): Promise<AuditCounts> {
  const { rows } = await inspector.query<AuditCounts>('select count(*)::int as events from audit.event');
  return rows[0]!;
}
