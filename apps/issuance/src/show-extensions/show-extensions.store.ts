import { cents, type LocalDate } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import type { ExtensionPage, StoredExtension } from './show-extensions.query.js';

type Row = Omit<StoredExtension, 'dates' | 'now' | 'amount'> & Readonly<{
  amount: bigint;
  usableUntil: LocalDate; claimableUntil: LocalDate; usableNow: LocalDate; claimableNow: LocalDate;
}>;

/** Proposals have no policy for readers: whose they are is asked here, by the shares of their orders. */
export async function listExtensions(sql: Sql, asked: ExtensionPage): Promise<StoredExtension[]> {
  const { payerId, orderId, extensionId, before, rowsMax } = asked;
  const rows = await sql.$queryRaw<Row[]>`
    select x.id as "extensionId", x.order_id as "orderId", o.reference, r.name as "programmeName", o.total_cents as amount,
      x.usable_until::text as "usableUntil", x.claimable_until::text as "claimableUntil", d.usable_until::text as "usableNow",
      d.claimable_until::text as "claimableNow", x.proposed_at as "proposedAt", x.proposed_by as "proposedBy",
      exists (select from issuance.order_extension e where e.id = x.id) as "inForce",
      (select json_agg(json_build_object('payerId', y.id, 'name', y.name,
          'agreedAt', to_char(a.agreed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by s.priority)
        from issuance.order_share s join issuance.payer y on y.id = s.payer_id
        left join issuance.extension_agreement a on a.proposal_id = x.id and a.payer_id = s.payer_id where s.order_id = x.order_id) as payers
    from issuance.extension_proposal x join issuance.order o on o.id = x.order_id
    join issuance.programme_rule r on r.programme_id = o.programme_id and r.version = o.rule_version
    join issuance.order_dates d on d.order_id = o.id
    where (${before}::uuid is null or x.id < ${before}::uuid) and (${orderId}::uuid is null or x.order_id = ${orderId}::uuid)
      and (${extensionId}::uuid is null or x.id = ${extensionId}::uuid)
      and (${payerId}::uuid is null or exists (select from issuance.order_share s where s.order_id = x.order_id and s.payer_id = ${payerId}::uuid))
    order by x.id desc limit ${rowsMax}::int`;
  return rows.map(({ usableUntil, claimableUntil, usableNow, claimableNow, amount, ...row }) => ({
    ...row, amount: cents(amount), dates: { usableUntil, claimableUntil }, now: { usableUntil: usableNow, claimableUntil: claimableNow },
  }));
}
