// The account of each pool, read from the ledger itself: whatever moved it is there, and nothing else is.
import type { ProgrammeId } from '#libs/kernel';
import { accounts } from '#libs/ledger';
import type { Sql } from '#libs/persistence';
import { COMMONS_POOL } from '../limits.js';
import type { PoolMovement } from './commons-pools.queries.js';

export type PoolSums = Readonly<{ pool: string; in: bigint; out: bigint; setAside: bigint; movements: number }>;

export const poolSums = (sql: Sql): Promise<PoolSums[]> => sql.$queryRaw<PoolSums[]>`
  with moved as (
    select credit as account, amount, true as enters from settlement.transfer where credit like 'commons:%'
    union all select debit, amount, false from settlement.transfer where debit like 'commons:%'),
  named as (select ${COMMONS_POOL}::text as pool union select programme_id::text from settlement.sharing_rule union select substr(account, 9) from moved)
  select n.pool, coalesce(sum(m.amount) filter (where m.enters), 0)::bigint as "in", coalesce(sum(m.amount) filter (where not m.enters), 0)::bigint as "out",
    coalesce((select g.balance from settlement.guarded_balance g where g.account = 'commons_lent:' || n.pool), 0)::bigint as "setAside",
    count(m.account)::int as movements
  from named n left join moved m on m.account = 'commons:' || n.pool group by n.pool order by n.pool = ${COMMONS_POOL} desc, n.pool`;

/**
 * In the order in which they were written, which the lock of the pools makes that of their balances. A movement keeps its number for ever:
 * later ones come behind it.
 */
export function poolMovements(
  sql: Sql, { programmeId, below, rowsMax }: Readonly<{ programmeId: ProgrammeId | null; below: number | null; rowsMax: number }>,
): Promise<PoolMovement[]> {
  const account = accounts.settlement.commons(programmeId ?? COMMONS_POOL);
  return sql.$queryRaw<PoolMovement[]>`
    with moved as (
      select event_id, line, rule, amount, created_at, coalesce(booked_at, created_at) as at from settlement.transfer where credit = ${account}
      union all
      select event_id, line, rule, -amount, created_at, coalesce(booked_at, created_at) from settlement.transfer where debit = ${account}),
    numbered as (
      select m.*, (row_number() over w)::int as number, (sum(amount) over w)::bigint as balance from moved m
      window w as (order by created_at, event_id, line rows unbounded preceding))
    select n.number, n.event_id as "eventId", n.at, n.rule, n.amount, n.balance,
      (select coalesce(jsonb_agg(jsonb_build_object('programmeId', s.programme_id, 'version', s.sharing_rule_version) order by s.programme_id), '[]')
        from settlement.commons_share s where s.event_id = n.event_id and (${programmeId}::uuid is null or s.programme_id = ${programmeId}::uuid)) as "sharingRule",
      (select jsonb_build_object('allocationId', a.id, 'legalName', p.legal_name, 'reason', a.reason,
          'votes', (select count(*) from settlement.allocation_voice v where v.allocation_id = a.id and v.voice = 'for'))
        from settlement.allocation_decision d join settlement.allocation a on a.id = d.allocation_id join settlement.payee p on p.id = a.payee_id
        where d.event_id = n.event_id) as allocation
    from numbered n where ${below}::int is null or n.number < ${below}::int order by n.number desc limit ${rowsMax}::int`;
}
