import type { Sql } from '#libs/persistence';
import type { ListedPayee, ListPayees } from './list-payees.query.js';

/** The account shown is the one that money would go to; a later proposal shows only in the payee's own history. */
export const listPayees = (sql: Sql, { after, rowsMax, search, payeeId }: ListPayees['page']): Promise<ListedPayee[]> => sql.$queryRaw<ListedPayee[]>`
  select p.id, p.legal_name as "legalName", p.siren, places.list as places,
    coalesce(accrued.amount, 0)::bigint as accrued, coalesce(g.balance, 0)::bigint as payable,
    coalesce(moved.in_transit, 0)::bigint as "inTransit", coalesce(moved.paid, 0)::bigint as paid,
    account.iban, account.version as "bankVersion",
    case when account.blocked_at is not null then 'blocked' when account.approved_at is not null then 'approved'
         when account.version is not null then 'proposed' else 'none' end as "bankState"
  from settlement.payee p
  cross join lateral (
    select coalesce(jsonb_agg(jsonb_build_object('placeId', s.place_id, 'name', k.name, 'siret', k.siret) order by s.place_id), '[]') as list,
      coalesce(bool_or(k.name ilike '%' || ${search}::text || '%'), false) as found
    from settlement.payee_site s left join settlement.known_place k on k.place_id = s.place_id where s.payee_id = p.id) places
  left join lateral (
    select sum(c.gross) as amount from settlement.claim_line c
    left join (select custody_account_id, max(up_to_seq) as seq from settlement.statement where payee_id = p.id group by 1) s
      on s.custody_account_id = c.custody_account_id
    where c.payee_id = p.id and c.source_seq > coalesce(s.seq, 0)) accrued on true
  left join settlement.guarded_balance g on g.account = 'payable:' || p.id
  left join lateral (
    select sum(amount) filter (where state = 'released') as in_transit, sum(amount) filter (where state = 'booked') as paid
    from settlement.payment where payee_id = p.id and purpose = 'place') moved on true
  left join lateral (
    select iban, version, approved_at, blocked_at from settlement.payee_bank_account
    where payee_id = p.id order by approved_at is not null desc, version desc limit 1) account on true
  where (${after}::uuid is null or p.id > ${after}::uuid) and (${payeeId}::uuid is null or p.id = ${payeeId}::uuid)
    and (${search}::text is null or places.found or p.legal_name ilike '%' || ${search}::text || '%' or p.siren = ${search}::text)
  order by p.id limit ${rowsMax}::int`;
