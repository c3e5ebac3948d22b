import { cents, type PlaceInvoiceId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import type { Reader } from '../reader.js';
import type { ListedPlaceInvoice, PlaceInvoicePage, WaitingPayee } from './place-invoices.queries.js';

type Money = { fee: bigint; vat: bigint };
const moneyOf = ({ fee, vat }: Money) => ({ fee: cents(fee), vat: cents(vat) });

/** Newest first; those of the payee behind one place, or all. */
export async function listPlaceInvoices(
  sql: Sql, { placeId }: Reader, page: PlaceInvoicePage, only: PlaceInvoiceId | null = null,
): Promise<ListedPlaceInvoice[]> {
  const { payeeId, statementId, number, kind, before, rowsMax } = page;
  const rows = await sql.$queryRaw<(Omit<ListedPlaceInvoice, keyof Money> & Money)[]>`
    select i.id, i.kind, i.display_number as number, i.issued_on::text as "issuedOn", i.payee_id as "payeeId",
      i.content::jsonb #>> '{buyer,name}' as "payeeName", i.statement_id as "statementId", i.content::jsonb ->> 'period' as period,
      i.fee, i.vat, i.sha256, i.content
    from settlement.place_invoice i
    where (${only}::uuid is null or i.id = ${only}::uuid) and (${payeeId}::uuid is null or i.payee_id = ${payeeId}::uuid)
      and (${statementId}::uuid is null or i.statement_id = ${statementId}::uuid)
      and (${number}::text is null or i.display_number = ${number}::text) and (${kind}::text is null or i.kind = ${kind}::text)
      and (${before}::uuid is null or i.id < ${before}::uuid)
      and (${placeId}::uuid is null or exists (
        select from settlement.payee_site site where site.payee_id = i.payee_id and site.place_id = ${placeId}::uuid))
    order by i.id desc limit ${rowsMax}::int`;
  return rows.map((row) => ({ ...row, ...moneyOf(row) }));
}

/** Most of what waits first. */
export async function listWaitingPayees(sql: Sql, rowsMax: number): Promise<WaitingPayee[]> {
  const rows = await sql.$queryRaw<(Omit<WaitingPayee, keyof Money> & Money)[]>`
    select s.payee_id as "payeeId", p.legal_name as "legalName", case when p.siren is null then 'legal_body' else 'address' end as missing,
      count(distinct s.id)::int as statements, sum(case d.kind when 'invoice' then d.fee else -d.fee end)::bigint as fee,
      sum(case d.kind when 'invoice' then d.vat else -d.vat end)::bigint as vat
    from settlement.statement s join settlement.payee p on p.id = s.payee_id join settlement.statement_due_fee d on d.statement_id = s.id
    where not exists (select from settlement.place_invoice i where i.statement_id = s.id)
      and not exists (select from settlement.invoiceable_payee k where k.payee_id = s.payee_id)
    group by 1, 2, 3 order by sum(d.fee + d.vat) desc, s.payee_id limit ${rowsMax}::int`;
  return rows.map((row) => ({ ...row, ...moneyOf(row) }));
}
