// The SQL that raises alerts and lets them grow. An alert is of one rule, subject and window; what comes after it was decided is
// the next round of it.
import type { Tx } from '#libs/persistence';
import type { AlertRule } from '../alert-rules/figures.decision.js';
import { ALERT_FACTS_MAX } from '../limits.js';

/** `facts`: events of the log, each with its moment and, where it is a redemption, its cents. */
export type Finding = Readonly<{
  rule: AlertRule; ruleVersion: number; severity: number;
  placeId: string | null; deviceId: string | null; distributorId: string | null;
  windowFrom: string; windowTo: string;
  measured: Readonly<Record<string, number>>;
  facts: readonly Readonly<{ eventId: string; at: Date; amountCents: number }>[];
}>;

/** The alert of this subject and window that nobody has decided, or a new one. */
export async function raise(tx: Tx, found: Finding): Promise<void> {
  const finding = { ...found, facts: found.facts.toSorted(byTime).slice(0, ALERT_FACTS_MAX) };
  const { rule, placeId, deviceId, distributorId, windowFrom } = finding;
  const [last] = await tx.sql.$queryRaw<{ id: string; round: number; decided: boolean }[]>`
    select a.id, a.round, exists (select from audit.alert_decision d where d.alert_id = a.id) as decided from audit.alert a
    where a.rule = ${rule} and a.place_id is not distinct from ${placeId}::uuid and a.device_id is not distinct from ${deviceId}::uuid
      and a.distributor_id is not distinct from ${distributorId}::uuid and a.window_from = ${windowFrom}::date
    order by a.round desc limit 1 for update`;
  if (last && !last.decided) return grow(tx, last.id, finding);
  const id = tx.newId();
  const { cents, firstAt, lastAt } = totalOf(finding);
  await tx.sql.$executeRaw`
    insert into audit.alert (id, rule, rule_version, place_id, device_id, distributor_id, window_from, window_to, round, severity, raised_at, measured,
      fact_count, amount, first_at, last_at)
    values (${id}::uuid, ${rule}, ${finding.ruleVersion}, ${placeId}::uuid, ${deviceId}::uuid, ${distributorId}::uuid, ${windowFrom}::date,
      ${finding.windowTo}::date, ${(last?.round ?? 0) + 1}, ${finding.severity}, ${tx.now}, ${JSON.stringify(finding.measured)}::jsonb,
      ${finding.facts.length}, ${cents}::bigint, ${firstAt}, ${lastAt})`;
  await insertFacts(tx, id, finding);
}

/** A fact that is here stays, also when a later look would not name it any more; the numbers are those of the last look. */
async function grow(tx: Tx, id: string, finding: Finding): Promise<void> {
  const added = await insertFacts(tx, id, finding);
  if (added === 0) return;
  const { firstAt, lastAt } = totalOf(finding);
  await tx.sql.$executeRaw`
    update audit.alert a set measured = ${JSON.stringify(finding.measured)}::jsonb, first_at = least(a.first_at, ${firstAt}),
      last_at = greatest(a.last_at, ${lastAt}), fact_count = f.count, amount = f.amount
    from (select count(*)::int as count, coalesce(sum(r.amount), 0)::bigint as amount from audit.alert_fact f
      left join audit.watched_redemption r on r.redemption_id = f.event_id where f.alert_id = ${id}::uuid) f
    where a.id = ${id}::uuid`;
}

async function insertFacts(tx: Tx, id: string, { facts }: Finding): Promise<number> {
  return tx.sql.$executeRaw`
    insert into audit.alert_fact (alert_id, event_id)
    select ${id}::uuid, e.id from unnest(${facts.map(({ eventId }) => eventId)}::uuid[]) with ordinality e(id, place)
    where not exists (select from audit.alert_fact f where f.alert_id = ${id}::uuid and f.event_id = e.id)
    order by e.place
    limit greatest(0, ${ALERT_FACTS_MAX}::int - (select count(*) from audit.alert_fact f where f.alert_id = ${id}::uuid))`;
}

type Fact = Finding['facts'][number];
const byTime = (a: Fact, b: Fact): number => a.at.getTime() - b.at.getTime() || (a.eventId < b.eventId ? -1 : 1);

const totalOf = ({ facts }: Finding) => {
  const times = facts.map(({ at }) => at.getTime());
  const cents = facts.reduce((sum, { amountCents }) => sum + amountCents, 0);
  return { cents, firstAt: new Date(Math.min(...times)), lastAt: new Date(Math.max(...times)) };
};
