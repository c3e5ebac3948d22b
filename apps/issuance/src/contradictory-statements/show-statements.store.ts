import type { Sql } from '#libs/persistence';
import type { ShownStatement, StatementPage } from './contradictory-statements.commands.js';

export const listStatements = (sql: Sql, { payerId, before, rowsMax, orderId, statementId }: StatementPage): Promise<ShownStatement[]> => sql.$queryRaw<ShownStatement[]>`
  select c.id as "statementId", c.order_id as "orderId", c.version, c.outcome, c.activated_cents as activated, c.redeemed_cents as redeemed,
    c.expired_cents as expired, c.sha256, c.content, c.drawn_up_at as "drawnUpAt", c.drawn_up_by as "drawnUpBy",
    c.rejected_cents as rejected, case when c.outcome = 'extension' then json_build_object('usableUntil', c.extended_usable_until,
      'claimableUntil', c.extended_claimable_until) end as extension,
    case when exists (select from issuance.signed_statement d where d.statement_id = c.id) then 'signed'
         when exists (select from issuance.contradictory_statement l where l.order_id = c.order_id and l.version > c.version) then 'replaced'
         else 'to_sign' end as state,
    (select json_agg(json_build_object('payerId', y.id, 'name', y.name, 'activated', s.activated_cents, 'redeemed', s.redeemed_cents,
        'expired', s.expired_cents, 'rejected', s.rejected_cents, 'signedAt', to_char(g.signed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by y.id)
      from issuance.contradictory_statement_share s join issuance.payer y on y.id = s.payer_id
      left join issuance.statement_signature g on g.statement_id = s.statement_id and g.payer_id = s.payer_id
      where s.statement_id = c.id) as shares,
    (select g.signed_at from issuance.statement_signature g where g.statement_id = c.id and g.party = 'operator') as "operatorSignedAt"
  from issuance.contradictory_statement c
  where (${before}::uuid is null or c.id < ${before}::uuid) and (${orderId}::uuid is null or c.order_id = ${orderId}::uuid)
    and (${statementId}::uuid is null or c.id = ${statementId}::uuid)
    and (${payerId}::uuid is null or exists (select from issuance.contradictory_statement_share s where s.statement_id = c.id and s.payer_id = ${payerId}::uuid))
  order by c.id desc limit ${rowsMax}::int`;
