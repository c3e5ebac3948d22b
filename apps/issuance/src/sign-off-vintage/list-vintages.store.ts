import type { Sql } from '#libs/persistence';
import { figuresOf, programmeNameOf } from '../vintages/vintage.store.js';
import { vintageDocument, type VintageDocument } from '../vintages/vintage-document.js';
import type { VintagePage, VintageView } from './sign-off-vintage.command.js';

type Row = Omit<VintageView, 'content' | 'sha256' | 'programmeName'> & Readonly<{ signed: VintageDocument | null }>;

/** What was signed is shown as it was signed; what is not signed, as it is to be. */
export async function listVintages(sql: Sql, { payerId, programmeId, before, rowsMax }: VintagePage): Promise<VintageView[]> {
  const rows = await sql.$queryRaw<Row[]>`
    select s.programme_id as "programmeId", o.payer_id as "payerId", s.usable_until::text as "usableUntil", s.step, s.due_on::text as "dueOn",
      f.signed_at as "signedAt", f.signed_by as "signedBy",
      case when f.sha256 is not null then json_build_object('content', f.content, 'sha256', f.sha256) end as signed
    from (select distinct s.programme_id, s.usable_until, s.step, s.due_on, b.order_id
      from issuance.expiry_step s join issuance.batch b on b.id = s.batch_id) s
    join issuance.order_share o on o.order_id = s.order_id
    left join issuance.vintage_sign_off f on f.programme_id = s.programme_id and f.usable_until = s.usable_until and f.step = s.step
      and f.payer_id = o.payer_id
    where (${payerId}::uuid is null or o.payer_id = ${payerId}::uuid) and (${programmeId}::uuid is null or s.programme_id = ${programmeId}::uuid)
      and (${before === null} or (s.usable_until, s.programme_id, o.payer_id, s.due_on)
        < (${before?.usableUntil ?? null}::date, ${before?.programmeId ?? null}::uuid, ${before?.payerId ?? null}::uuid, ${before?.dueOn ?? null}::date))
    group by 1, 2, 3, 4, 5, 6, 7, f.sha256, f.content, s.usable_until, s.programme_id, s.due_on
    order by s.usable_until desc, s.programme_id desc, o.payer_id desc, s.due_on desc limit ${rowsMax}::int`;
  return Promise.all(rows.map(async ({ signed, ...row }) => ({
    ...row, programmeName: await programmeNameOf(sql, row.programmeId), ...(signed ?? await documentOf(sql, row)),
  })));
}

async function documentOf(sql: Sql, row: Omit<Row, 'signed'>): Promise<VintageDocument> {
  const earlier = row.step === 'seven_days' ? await figuresOf(sql, { ...row, step: 'fifteen_days' }) : [];
  return vintageDocument(row, await figuresOf(sql, row), earlier);
}
