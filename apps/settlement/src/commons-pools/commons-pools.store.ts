// The account of each pool, as the ledger keeps it with every transfer: whatever moved it is there, and nothing else is.
import type { ProgrammeId } from '#libs/kernel';
import type { Sql } from '#libs/persistence';
import { COMMONS_POOL, PAYEES_TOLD_MIN } from '../limits.js';
import type { PoolMovement } from './commons-pools.queries.js';

export type PoolSums = Readonly<{ pool: string; in: bigint; out: bigint; setAside: bigint; movements: number }>;

/** Of each pool its last movement, which bears all sums. */
export const poolSums = (sql: Sql): Promise<PoolSums[]> => sql.$queryRaw<PoolSums[]>`
  with named as (select ${COMMONS_POOL}::text as pool union select programme_id::text from settlement.standing_sharing_rule
    union select substr(account, 9) from settlement.guarded_balance where account like 'commons:%')
  select n.pool, coalesce(last.entered, 0)::bigint as "in", coalesce(last.entered - last.balance, 0)::bigint as "out",
    coalesce((select g.balance from settlement.guarded_balance g where g.account = 'commons_lent:' || n.pool), 0)::bigint as "setAside",
    coalesce(last.number, 0)::int as movements
  from named n left join lateral (select m.number, m.balance, m.entered from settlement.pool_movement m where m.pool = n.pool
    order by m.number desc limit 1) last on true
  order by n.pool = ${COMMONS_POOL} desc, n.pool`;

/**
 * A movement keeps its number for ever: later ones come behind it. What one closing brought of programmes with a sharing rule and fewer
 * than three payees is one movement, that of the last of them: the others are told as part of it, and what stands between leaves them out
 * of its balance. Who gave is counted each time, over all shares of the closings that the page is of.
 */
export function poolMovements(
  sql: Sql, { programmeId, below, rowsMax }: Readonly<{ programmeId: ProgrammeId | null; below: number | null; rowsMax: number }>,
): Promise<PoolMovement[]> {
  const pool = programmeId ?? COMMONS_POOL;
  return sql.$queryRaw<PoolMovement[]>`
    with page as (
      select n.number, n.event_id, n.amount, n.balance, t.rule, coalesce(t.booked_at, t.created_at) as at,
        -- Of a statement its own closing; of anything else the one that was under way.
        coalesce((select s.up_to_seq from settlement.commons_share c join settlement.statement s on s.id = c.source_id
            where c.event_id = n.event_id and c.source = 'statement' limit 1),
          (select c.up_to_seq from settlement.statement_closing c where c.opened_at <= t.created_at and coalesce(c.finished_at, 'infinity') >= t.created_at
            order by c.up_to_seq desc limit 1)) as closing
      from settlement.pool_movement n join settlement.transfer t on t.event_id = n.event_id and t.line = n.line
      where n.pool = ${pool} and (${below}::int is null or n.number < ${below}::int)
      order by n.number desc limit ${rowsMax}::int),
    shared as (
      select s.up_to_seq as closing, s.payee_id, c.programme_id, c.event_id
      from settlement.statement s join settlement.commons_share c on c.source_id = s.id and c.source = 'statement'
      where s.up_to_seq in (select closing from page) and (${programmeId}::uuid is null or c.programme_id = ${programmeId}::uuid)),
    few as (
      select distinct h.closing, m.number, m.amount, m.event_id from shared h
      join (select closing, programme_id from shared group by 1, 2 having count(distinct payee_id) < ${PAYEES_TOLD_MIN}::int) f
        on f.closing = h.closing and f.programme_id = h.programme_id
      join settlement.pool_movement m on m.pool = ${pool} and m.event_id = h.event_id),
    summed as (select closing, max(number) as number, sum(amount)::bigint as amount, count(*)::int as parts, array_agg(event_id) as events from few group by 1)
    select p.number, p.event_id as "eventId", p.at, p.rule, coalesce(whole.amount, p.amount) as amount, coalesce(whole.parts, 1) as parts,
      part.number is not null and whole.number is null as "isPart",
      (p.balance - coalesce((select sum(f.amount) from few f join summed w on w.closing = f.closing
        where f.closing = p.closing and f.number <= p.number and w.number > p.number), 0))::bigint as balance,
      (select coalesce(jsonb_agg(distinct jsonb_build_object('programmeId', s.programme_id, 'version', s.sharing_rule_version)), '[]')
        from settlement.commons_share s where s.event_id = any(coalesce(whole.events, array[p.event_id]))
          and (${programmeId}::uuid is null or s.programme_id = ${programmeId}::uuid)) as "sharingRule",
      (select jsonb_build_object('allocationId', a.id, 'legalName', b.legal_name, 'reason', a.reason,
          'votes', (select count(*) from settlement.allocation_voice v where v.allocation_id = a.id and v.voice = 'for'))
        from settlement.allocation_decision d join settlement.allocation a on a.id = d.allocation_id join settlement.payee b on b.id = a.payee_id
        where d.event_id = p.event_id) as allocation
    from page p left join few part on part.number = p.number left join summed whole on whole.number = p.number
    order by p.number desc`;
}
