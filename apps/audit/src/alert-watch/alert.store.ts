// The SQL that raises alerts and lets them grow. An alert is of one rule, subject and window; what comes after it was decided is
// the next round of it.
import type { Tx } from '#libs/persistence';
import type { AlertRule } from '../alert-rules/figures.decision.js';
import { ALERT_FACTS_MAX } from '../limits.js';

/** Each brings up to 500 facts. */
const FINDINGS_PER_STATEMENT = 200;

/** `facts`: events of the log, each with its moment and, where it is a redemption, its cents. */
export type Finding = Readonly<{
  rule: AlertRule; ruleVersion: number; severity: number;
  placeId: string | null; deviceId: string | null; distributorId: string | null;
  windowFrom: string; windowTo: string;
  measured: Readonly<Record<string, number>>;
  facts: readonly Readonly<{ eventId: string; at: Date; amountCents: number }>[];
}>;

/**
 * Each into the alert of its subject and window that nobody has decided, or into a new one. A rush of thousands of places is one look of
 * the watch, which has to end: those of different subjects are raised together, those of one subject one after the other.
 */
export async function raiseAll(tx: Tx, found: readonly Finding[]): Promise<void> {
  for (const turn of inTurns(found)) {
    for (let at = 0; at < turn.length; at += FINDINGS_PER_STATEMENT) await raiseTogether(tx, turn.slice(at, at + FINDINGS_PER_STATEMENT));
  }
}

const subjectOf = ({ rule, placeId, deviceId, distributorId, windowFrom }: Finding) =>
  [rule, placeId, deviceId, distributorId, windowFrom].join(' ');

/** The first finding of each subject, then the second of those that have one, and so on. */
function inTurns(found: readonly Finding[]): Finding[][] {
  const turns: Finding[][] = [];
  const seen = new Map<string, number>();
  for (const finding of found) {
    const turn = seen.get(subjectOf(finding)) ?? 0;
    seen.set(subjectOf(finding), turn + 1);
    (turns[turn] ??= []).push({ ...finding, facts: finding.facts.toSorted(byTime).slice(0, ALERT_FACTS_MAX) });
  }
  return turns;
}

type Raised = Readonly<{ id: string; finding: Finding }>;

/** Of different subjects. */
async function raiseTogether(tx: Tx, findings: readonly Finding[]): Promise<void> {
  const standing = await lastAlerts(tx, findings);
  const growing: Raised[] = [];
  const fresh: (Raised & Readonly<{ round: number }>)[] = [];
  for (const [place, finding] of findings.entries()) {
    const last = standing.get(place);
    if (last && !last.decided) growing.push({ id: last.id, finding });
    else fresh.push({ id: tx.newId(), finding, round: (last?.round ?? 0) + 1 });
  }
  await insertAlerts(tx, fresh);
  await insertFacts(tx, fresh);
  const grown = new Set(await insertFacts(tx, growing));
  await updateGrown(tx, growing.filter(({ id }) => grown.has(id)));
}

type LastAlert = Readonly<{ id: string; round: number; decided: boolean }>;

/** The last round of each subject and window, by the place of its finding; whoever decides about it waits until this look has ended. */
async function lastAlerts(tx: Tx, findings: readonly Finding[]): Promise<Map<number, LastAlert>> {
  const rows = await tx.sql.$queryRaw<(LastAlert & { place: number })[]>`
    select w.place, a.id, a.round, exists (select from audit.alert_decision d where d.alert_id = a.id) as decided
    from jsonb_to_recordset(${JSON.stringify(findings.map(({ facts: _, ...subject }, place) => ({ ...subject, place })))}::jsonb)
      as w(place int, rule text, "placeId" uuid, "deviceId" uuid, "distributorId" uuid, "windowFrom" date)
    join audit.alert a on a.rule = w.rule and a.window_from = w."windowFrom" and a.place_id is not distinct from w."placeId"
      and a.device_id is not distinct from w."deviceId" and a.distributor_id is not distinct from w."distributorId"
    order by a.round for update of a`;
  return new Map(rows.map(({ place, ...last }) => [place, last]));
}

async function insertAlerts(tx: Tx, alerts: readonly (Raised & Readonly<{ round: number }>)[]): Promise<void> {
  if (alerts.length === 0) return;
  const rows = alerts.map(({ id, round, finding: { facts, ...finding } }) =>
    ({ ...finding, ...totalOf(facts), id, round, count: facts.length }));
  await tx.sql.$executeRaw`
    insert into audit.alert (id, rule, rule_version, place_id, device_id, distributor_id, window_from, window_to, round, severity, raised_at, measured,
      fact_count, amount, first_at, last_at)
    select t.id, t.rule, t."ruleVersion", t."placeId", t."deviceId", t."distributorId", t."windowFrom", t."windowTo", t.round, t.severity, ${tx.now},
      t.measured, t.count, t.cents, t."firstAt", t."lastAt"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, rule text, "ruleVersion" int, "placeId" uuid, "deviceId" uuid,
      "distributorId" uuid, "windowFrom" date, "windowTo" date, round int, severity int, measured jsonb, count int, cents bigint,
      "firstAt" timestamptz, "lastAt" timestamptz)`;
}

/** A fact that is here stays, also when a later look would not name it any more; the numbers are those of the last look. */
async function updateGrown(tx: Tx, alerts: readonly Raised[]): Promise<void> {
  if (alerts.length === 0) return;
  const rows = alerts.map(({ id, finding: { measured, facts } }) => ({ ...totalOf(facts), id, measured }));
  await tx.sql.$executeRaw`
    update audit.alert a set measured = t.measured, first_at = least(a.first_at, t."firstAt"), last_at = greatest(a.last_at, t."lastAt"),
      fact_count = f.count, amount = f.amount
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, measured jsonb, "firstAt" timestamptz, "lastAt" timestamptz)
    cross join lateral (select count(*)::int as count, coalesce(sum(r.amount), 0)::bigint as amount from audit.alert_fact f
      left join audit.watched_redemption r on r.redemption_id = f.event_id where f.alert_id = t.id) f
    where a.id = t.id`;
}

/** Returns the alerts that got a fact which they did not have, as often as they got one. */
async function insertFacts(tx: Tx, alerts: readonly Raised[]): Promise<string[]> {
  if (alerts.length === 0) return [];
  const rows = alerts.flatMap(({ id, finding: { facts } }) => facts.map(({ eventId }, place) => ({ id, eventId, place })));
  const added = await tx.sql.$queryRaw<{ id: string }[]>`
    with wanted as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, "eventId" uuid, place int)),
    here as (select w.id, (select count(*) from audit.alert_fact f where f.alert_id = w.id) as count from (select distinct id from wanted) w),
    missing as (
      select w.id, w."eventId", w.place, row_number() over (partition by w.id order by w.place) as number from wanted w
      where not exists (select from audit.alert_fact f where f.alert_id = w.id and f.event_id = w."eventId"))
    insert into audit.alert_fact (alert_id, event_id)
    select m.id, m."eventId" from missing m join here h on h.id = m.id where m.number + h.count <= ${ALERT_FACTS_MAX}::int order by m.id, m.place
    returning alert_id as id`;
  return added.map(({ id }) => id);
}

type Fact = Finding['facts'][number];
const byTime = (a: Fact, b: Fact): number => a.at.getTime() - b.at.getTime() || (a.eventId < b.eventId ? -1 : 1);

const totalOf = (facts: Finding['facts']) => {
  const times = facts.map(({ at }) => at.getTime());
  const cents = facts.reduce((sum, { amountCents }) => sum + amountCents, 0);
  return { cents, firstAt: new Date(Math.min(...times)), lastAt: new Date(Math.max(...times)) };
};
