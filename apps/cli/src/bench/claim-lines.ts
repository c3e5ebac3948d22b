// Open claim lines of many places, as a busy month leaves them, and redemption's own total of them. Written by the superuser: how
// lines get there is measured elsewhere. They lie in the table in the order of their numbers, so that each place's are scattered.
import type pg from 'pg';
import { uuidv7 } from 'uuidv7';

export type SeededClaims = Readonly<{ lines: number; payees: number; programmeId: string; custodyAccountId: string }>;

const FEE_RULE = { feeBasisPoints: 200, vatBasisPoints: 2_000, commonsBasisPoints: 100 } as const;

export async function seedClaims(admin: pg.Client, size: Readonly<{ lines: number; payees: number }>): Promise<SeededClaims> {
  const { lines, payees } = size;
  const [programmeId, custodyAccountId, batchId] = [uuidv7(), uuidv7(), uuidv7()];
  await admin.query(`insert into settlement.fee_rule (programme_id, version, effective_from, fee_basis_points, vat_basis_points, commons_basis_points,
      platform_cap_basis_points, published_by, published_at) values ($1, 1, '2020-01-01', $2, $3, $4, 10000, 'bench', now())`,
  [programmeId, FEE_RULE.feeBasisPoints, FEE_RULE.vatBasisPoints, FEE_RULE.commonsBasisPoints]);
  await admin.query('create temporary table place as select n, uuidv7() as place_id, uuidv7() as payee_id from generate_series(0, $1::int - 1) n', [payees]);
  await admin.query('insert into settlement.payee (id, created_at) select payee_id, now() from place');
  await admin.query('insert into settlement.payee_site (place_id, payee_id, since) select place_id, payee_id, now() from place');
  // Without the triggers, each of which asks whether a closing was before: none was.
  await admin.query('set session_replication_role = replica');
  await admin.query(
    `insert into settlement.claim_line (id, redemption_id, source_seq, place_id, site_id, payee_id, programme_id, batch_id, custody_account_id, gross,
       currency, fee_rule_version, accreditation_version, service_date, redeemed_at, accrued_at)
     select uuidv7(), uuidv7(), s, p.place_id, p.place_id, p.payee_id, $1, $2, $3, 500 + (s::bigint * 7919) % 4500, 'EUR', 1, 1, current_date, now(), now()
     from generate_series(1, $4::int) s join place p on p.n = (s::bigint * 104729) % $5::int order by s`,
    [programmeId, batchId, custodyAccountId, lines, payees]);
  await admin.query('set session_replication_role = origin');
  await admin.query('insert into settlement.redemption_total_part (up_to_seq, part, parts, received_at) values ($1, 0, 1, now())', [lines]);
  await admin.query(`insert into settlement.redemption_total (up_to_seq, part, place_id, count, amount, currency)
    select $1::bigint, 0, place_id, count(*), sum(gross), 'EUR' from settlement.claim_line group by place_id`, [lines]);
  await admin.query(`insert into settlement.inbox_position (sender, contiguous_batch_no, contiguous_seq) values ('redemption', $1::bigint, $1::bigint)
    on conflict (sender) do update set contiguous_batch_no = excluded.contiguous_batch_no, contiguous_seq = excluded.contiguous_seq`, [lines]);
  await admin.query('vacuum analyze');
  return { lines, payees, programmeId, custodyAccountId };
}

/** Rows that a closing writes, by table, and what they come to. */
export type Closed = Readonly<{ statement: number; statementFee: number; transfer: number; grossCents: string }>;

export async function closedRows(admin: pg.Client): Promise<Closed> {
  const { rows } = await admin.query<Closed>(
    `select (select count(*)::int from settlement.statement) as statement, (select count(*)::int from settlement.statement_fee) as "statementFee",
       (select count(*)::int from settlement.transfer) as transfer, (select coalesce(sum(gross), 0)::text from settlement.statement) as "grossCents"`);
  return rows[0]!;
}

/** As before the closing, for the next one to find the same lines. */
export async function reopen(admin: pg.Client): Promise<void> {
  await admin.query('set session_replication_role = replica');
  for (const table of ['statement_fee', 'statement', 'transfer', 'guarded_balance', 'outbox', 'idempotency', 'statement_closing']) {
    await admin.query(`truncate settlement.${table} cascade`);
  }
  await admin.query('set session_replication_role = origin');
  await admin.query('vacuum analyze settlement.claim_line');
  await admin.query('checkpoint');
}

/**
 * The reference: the same statements, fees and transfers by one INSERT .. SELECT .. GROUP BY each, in one transaction, without
 * holds, digests of lines, messages, or anything that says whether they may be written.
 */
export async function closeBarely(admin: pg.Client, { lines, programmeId }: SeededClaims): Promise<void> {
  await admin.query('begin');
  await admin.query(`insert into settlement.statement_closing (up_to_seq, period, opened_by, opened_at, finished_at)
    values ($1, to_char(now() - interval '1 month', 'YYYY-MM'), 'bench', now(), now())`, [lines]);
  await admin.query(`
    insert into settlement.statement (id, payee_id, custody_account_id, up_to_seq, line_count, gross, fee, vat, commons, net, currency, content, sha256, closed_at)
    select uuidv7(), payee_id, custody_account_id, $1, count, gross, fee, vat, commons, gross - fee - vat - commons, 'EUR', content,
      encode(sha256(convert_to(content, 'UTF8')), 'hex'), now()
    from (select *, round(fee * 0.20)::bigint as vat, payee_id || ' ' || gross as content
      from (select payee_id, custody_account_id, count(*) as count, sum(gross)::bigint as gross, round(sum(gross) * 0.02)::bigint as fee,
          round(sum(gross) * 0.01)::bigint as commons
        from settlement.claim_line where source_seq <= $1 group by 1, 2) g) s`, [lines]);
  await admin.query(`insert into settlement.statement_fee (statement_id, programme_id, fee_rule_version, line_count, gross, fee, vat, commons, net)
    select id, $1, 1, line_count, gross, fee, vat, commons, net from settlement.statement`, [programmeId]);
  await admin.query(`
    insert into settlement.transfer (event_id, line, rule, debit, credit, amount, currency, custody_account_id, booked_at)
    select s.id, t.line, '12', 'accrued:' || s.payee_id, t.credit, t.amount, 'EUR', s.custody_account_id, now()
    from settlement.statement s cross join lateral (values
      (0, 'payable:' || s.payee_id, s.net), (1, 'fee_income', s.fee), (2, 'vat_collected', s.vat), (3, 'commons:general', s.commons)) as t(line, credit, amount)`);
  await admin.query('commit');
}
