import { cents, type PlaceInvoiceId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import type { Reader } from '../reader.js';
import type { ListedPlaceInvoice, PlaceInvoicePage, WaitingPayee } from './place-invoices.queries.js';

type Money = { fee: bigint; vat: bigint };
const moneyOf = ({ fee, vat }: Money) => ({ fee: cents(fee), vat: cents(vat) });
type Less = { paid: bigint; setOff: bigint; credited: bigint; left: bigint };
const lessOf = ({ paid, setOff, credited, left }: Less) =>
  ({ paid: cents(paid), setOff: cents(setOff), credited: cents(credited), left: cents(left) });

/** Newest first; those of the payee behind one place, or all. */
export async function listPlaceInvoices(
  sql: Sql, { placeId }: Reader, page: PlaceInvoicePage, only: PlaceInvoiceId | null = null,
): Promise<ListedPlaceInvoice[]> {
  const { payeeId, statementId, number, kind, before, rowsMax } = page;
  const rows = await sql.$queryRaw<(Omit<ListedPlaceInvoice, keyof Money | keyof Less> & Money & Less)[]>`
    select i.id, i.kind, i.display_number as number, i.issued_on::text as "issuedOn", i.payee_id as "payeeId",
      i.content::jsonb #>> '{buyer,name}' as "payeeName", i.statement_id as "statementId", i.charge_id as "chargeId",
      i.content::jsonb ->> 'period' as period, i.fee, i.vat, i.sha256, i.content, i.payment, i.reference, d.paid, d.set_off as "setOff", d.credited,
      coalesce(o."left", 0)::bigint as "left"
    from settlement.place_invoice i left join settlement.open_place_invoice o on o.id = i.id
    cross join lateral (
      select coalesce(sum(amount) filter (where kind = 'paid'), 0)::bigint as paid, coalesce(sum(amount) filter (where kind = 'set_off'), 0)::bigint as set_off,
        coalesce(sum(amount) filter (where kind = 'credited'), 0)::bigint as credited
      from settlement.place_invoice_discharge where place_invoice_id = i.id) d
    where (${only}::uuid is null or i.id = ${only}::uuid) and (${payeeId}::uuid is null or i.payee_id = ${payeeId}::uuid)
      and (${statementId}::uuid is null or i.statement_id = ${statementId}::uuid)
      and (${number}::text is null or i.display_number = ${number}::text) and (${kind}::text is null or i.kind = ${kind}::text)
      and (${before}::uuid is null or i.id < ${before}::uuid)
      and (${placeId}::uuid is null or exists (
        select from settlement.payee_site site where site.payee_id = i.payee_id and site.place_id = ${placeId}::uuid))
    order by i.id desc limit ${rowsMax}::int`;
  return rows.map((row) => ({ ...row, ...moneyOf(row), ...lessOf(row) }));
}

/** Most of what waits first. */
export async function listWaitingPayees(sql: Sql, rowsMax: number): Promise<WaitingPayee[]> {
  const rows = await sql.$queryRaw<(Omit<WaitingPayee, keyof Money> & Money)[]>`
    select w.payee_id as "payeeId", p.legal_name as "legalName", case when p.siren is null then 'legal_body' else 'address' end as missing,
      count(distinct w.statement_id)::int as statements, sum(w.fee)::bigint as fee, sum(w.vat)::bigint as vat
    from (
      select s.payee_id, s.id as statement_id, case d.kind when 'invoice' then d.fee else -d.fee end as fee, case d.kind when 'invoice' then d.vat else -d.vat end as vat
      from settlement.statement s join settlement.statement_due_fee d on d.statement_id = s.id
      where not exists (select from settlement.place_invoice i where i.statement_id = s.id)
      union all
      select c.payee_id, null, c.fee, c.vat from settlement.place_charge c where not exists (select from settlement.place_invoice i where i.charge_id = c.id)) w
    join settlement.payee p on p.id = w.payee_id
    where not exists (select from settlement.invoiceable_payee k where k.payee_id = w.payee_id)
    group by 1, 2, 3 order by sum(w.fee + w.vat) desc, w.payee_id limit ${rowsMax}::int`;
  return rows.map((row) => ({ ...row, ...moneyOf(row) }));
}
