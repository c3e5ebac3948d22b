import { cents } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import { BANK_TIME_ZONE } from '../limits.js';
import type { Reader } from '../reader.js';
import type { CarryOver, CarryOverPage } from './list-carry-overs.query.js';

type Row = Omit<CarryOver, 'gross' | 'net'> & { gross: bigint; net: bigint };

/** Of each payee and account the last one that no later closing took, nor a debit note, which ends where the last closing did. */
export async function listCarryOvers(sql: Sql, { placeId }: Reader, { after, rowsMax, payeeId }: CarryOverPage): Promise<CarryOver[]> {
  const [afterPayee, afterAccount] = after ?? [null, null];
  const rows = await sql.$queryRaw<Row[]>`
    select o.payee_id as "payeeId", p.legal_name as "legalName", o.custody_account_id as "custodyAccountId", o.up_to_seq::float8 as "upToSeq", o.reason,
      o.line_count as "lineCount", o.gross, o.net, o.programme_ids::text[] as "programmeIds",
      (select min(c.opened_at at time zone ${BANK_TIME_ZONE})::date::text from settlement.carry_over w join settlement.statement_closing c using (up_to_seq)
        where w.payee_id = o.payee_id and w.custody_account_id = o.custody_account_id and w.up_to_seq > coalesce((
          select max(s.up_to_seq) from settlement.statement s where s.payee_id = o.payee_id and s.custody_account_id = o.custody_account_id), 0)) as since
    from settlement.carry_over o join settlement.payee p on p.id = o.payee_id
    where o.up_to_seq = (select max(up_to_seq) from settlement.statement_closing where finished_at is not null)
      and not exists (select from settlement.statement s
        where s.payee_id = o.payee_id and s.custody_account_id = o.custody_account_id and s.up_to_seq >= o.up_to_seq)
      and (${payeeId}::uuid is null or o.payee_id = ${payeeId}::uuid)
      and (${afterPayee}::uuid is null or (o.payee_id, o.custody_account_id) > (${afterPayee}::uuid, ${afterAccount}::uuid))
      and (${placeId}::uuid is null or exists (
        select from settlement.payee_site site where site.payee_id = o.payee_id and site.place_id = ${placeId}::uuid))
    order by o.payee_id, o.custody_account_id limit ${rowsMax}::int`;
  return rows.map(({ gross, net, ...row }) => ({ ...row, gross: cents(gross), net: cents(net) }));
}
