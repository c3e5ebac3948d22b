// Shares that still ask for money, found by what a credit tells: its references, who paid from its account, its amount.
import { cents, type BankLineId, type Cents, type PayerId } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { NamedShare, OpenShare } from './payer-match.decision.js';

type ShareRow = Omit<OpenShare, 'due'> & { due: bigint };

/** Whose shares were funded by credits from this account; the key of the hash stands in front of it, so a new key begins anew. */
export async function payersOfDebtor(sql: Sql, debtorMac: string): Promise<PayerId[]> {
  const rows = await sql.$queryRaw<{ payerId: PayerId }[]>`
    select distinct m.payer_id as "payerId" from issuance.receipt r join issuance.receipt_match m on m.bank_line_id = r.bank_line_id
    where r.debtor_mac = ${debtorMac} order by 1`;
  return rows.map(({ payerId }) => payerId);
}

/** Open shares of a payer that ask exactly this amount. Their orders are locked, in the order of ids, and read after that. */
export async function lockSharesAsking(tx: Tx, payerId: PayerId, due: Cents): Promise<OpenShare[]> {
  await tx.sql.$executeRaw`
    select from issuance.order o where o.id in (select s.order_id from issuance.order_share s
      left join issuance.share_fee f on f.order_id = s.order_id and f.payer_id = s.payer_id
      where s.payer_id = ${payerId}::uuid and s.amount_cents - s.funded_cents + coalesce(f.invoiced_cents - f.paid_cents, 0) = ${due})
    order by o.id for update`;
  const rows = await tx.sql.$queryRaw<ShareRow[]>`
    select s.order_id as "orderId", s.payer_id as "payerId", s.reference,
      s.amount_cents - s.funded_cents + coalesce(f.invoiced_cents - f.paid_cents, 0) as due,
      (o.placed_at at time zone 'Europe/Paris')::date::text as "placedOn", p.custody_account_id as "custodyAccountId"
    from issuance.order_share s left join issuance.share_fee f on f.order_id = s.order_id and f.payer_id = s.payer_id
    join issuance.order o on o.id = s.order_id join issuance.programme p on p.id = o.programme_id
    where s.payer_id = ${payerId}::uuid and s.amount_cents - s.funded_cents + coalesce(f.invoiced_cents - f.paid_cents, 0) = ${due}
      and not exists (select from issuance.order_step t where t.order_id = s.order_id and t.step = 'cancelled')`;
  return rows.map((row) => ({ ...row, due: cents(row.due) }));
}

/** For each credit, open shares that something of it points to: a bounded number by each hint. */
export async function sharesFor(
  sql: Sql, credits: readonly Readonly<{ bankLineId: BankLineId; left: Cents }>[], perHintMax: number,
): Promise<(NamedShare & { bankLineId: BankLineId })[]> {
  const rows = await sql.$queryRaw<(ShareRow & { bankLineId: BankLineId; named: boolean })[]>`
    select c.bank_line_id as "bankLineId", s.order_id as "orderId", s.payer_id as "payerId", s.reference,
      s.amount_cents - s.funded_cents + coalesce(f.invoiced_cents - f.paid_cents, 0) as due,
      (o.placed_at at time zone 'Europe/Paris')::date::text as "placedOn", p.custody_account_id as "custodyAccountId",
      s.reference = any(r.refs) or o.reference = any(r.refs) as named
    from unnest(${credits.map(({ bankLineId }) => bankLineId)}::uuid[], ${credits.map(({ left }) => left.toString())}::bigint[]) as c(bank_line_id, open_cents)
    join issuance.receipt r on r.bank_line_id = c.bank_line_id
    cross join lateral (
      (select order_id, payer_id from issuance.order_share where reference = any(r.refs) limit ${perHintMax}::int)
      union (select h.order_id, h.payer_id from issuance.order_share h join issuance.order n on n.id = h.order_id
        where n.reference = any(r.refs) limit ${perHintMax}::int)
      union (select order_id, payer_id from issuance.order_share where funded_cents < amount_cents and payer_id in (
          select m.payer_id from issuance.receipt q join issuance.receipt_match m on m.bank_line_id = q.bank_line_id where q.debtor_mac = r.debtor_mac)
        order by amount_cents - funded_cents = c.open_cents desc, order_id limit ${perHintMax}::int)
      union (select order_id, payer_id from issuance.order_share
        where funded_cents < amount_cents and amount_cents - funded_cents = c.open_cents order by order_id desc limit ${perHintMax}::int)
      union (select w.order_id, w.payer_id from issuance.share_fee w join issuance.order_share a on a.order_id = w.order_id and a.payer_id = w.payer_id
        where w.paid_cents < w.invoiced_cents and a.amount_cents - a.funded_cents + w.invoiced_cents - w.paid_cents = c.open_cents
        order by w.order_id desc limit ${perHintMax}::int)) hint
    join issuance.order_share s on s.order_id = hint.order_id and s.payer_id = hint.payer_id
    left join issuance.share_fee f on f.order_id = s.order_id and f.payer_id = s.payer_id
    join issuance.order o on o.id = s.order_id join issuance.programme p on p.id = o.programme_id
    where s.amount_cents - s.funded_cents + coalesce(f.invoiced_cents - f.paid_cents, 0) > 0
      and not exists (select from issuance.order_step t where t.order_id = s.order_id and t.step = 'cancelled')`;
  return rows.map((row) => ({ ...row, due: cents(row.due) }));
}

export async function payersOfCredits(sql: Sql, bankLineIds: readonly BankLineId[]): Promise<ReadonlyMap<BankLineId, readonly PayerId[]>> {
  const rows = await sql.$queryRaw<{ bankLineId: BankLineId; payerIds: PayerId[] }[]>`
    select c.bank_line_id as "bankLineId", array_agg(distinct m.payer_id::text) as "payerIds"
    from issuance.receipt c join issuance.receipt q on q.debtor_mac = c.debtor_mac join issuance.receipt_match m on m.bank_line_id = q.bank_line_id
    where c.bank_line_id = any(${bankLineIds}::uuid[]) group by 1`;
  return new Map(rows.map(({ bankLineId, payerIds }) => [bankLineId, payerIds]));
}
