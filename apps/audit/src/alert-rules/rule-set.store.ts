// The SQL of rule sets, and which of them counts on a day.
import { assert } from '#libs/kernel';
import type { Sql, Tx } from '#libs/persistence';
import type { Figures } from './figures.decision.js';
import { figures as figuresSchema } from './figures.js';

export type RuleSet = Readonly<{
  version: number; effectiveFrom: string; figures: Figures; reason: string; proposedBy: string; proposedAt: Date;
  confirmedBy: string | null; confirmedAt: Date | null;
}>;
export type RuleSetInForce = Pick<RuleSet, 'version' | 'effectiveFrom' | 'figures'>;

/** The newest first. */
export async function listRuleSets(sql: Sql): Promise<RuleSet[]> {
  const rows = await sql.$queryRaw<RuleSet[]>`
    select s.version, s.effective_from::text as "effectiveFrom", s.figures, s.reason, s.proposed_by as "proposedBy", s.proposed_at as "proposedAt",
      c.confirmed_by as "confirmedBy", c.confirmed_at as "confirmedAt"
    from audit.alert_rule_set s left join audit.alert_rule_confirmation c on c.version = s.version order by s.version desc`;
  return rows.map((row) => ({ ...row, figures: figuresSchema.parse(row.figures) }));
}

/** Those that were confirmed. */
export const readRuleSets = async (sql: Sql): Promise<RuleSetInForce[]> =>
  (await listRuleSets(sql)).filter(({ confirmedBy }) => confirmedBy !== null);

/** The newest version that counts on the day: a day that was judged by one set is judged by it again. */
export function figuresOn(sets: readonly RuleSetInForce[], day: string): RuleSetInForce {
  const found = sets.filter(({ effectiveFrom }) => effectiveFrom <= day).sort((a, b) => b.version - a.version)[0] ?? sets.at(-1);
  assert(found, 'there is a rule set from the beginning on');
  return found;
}

/** Two people who propose at once would both call theirs the next version. */
export async function lockRuleSets(tx: Tx): Promise<void> {
  await tx.sql.$executeRaw`select pg_advisory_xact_lock(hashtextextended('mereau.audit.alert-rules', 0))`;
}

export type NewRuleSet = Readonly<{ version: number; effectiveFrom: string; figures: Figures; reason: string }>;

export async function insertRuleSet(tx: Tx, { version, effectiveFrom, figures, reason }: NewRuleSet): Promise<void> {
  await tx.sql.$executeRaw`
    insert into audit.alert_rule_set (version, effective_from, figures, reason, proposed_by, proposed_at)
    values (${version}, ${effectiveFrom}::date, ${JSON.stringify(figures)}::jsonb, ${reason}, ${tx.origin.actor.id}, ${tx.now})`;
}

export async function insertConfirmation(tx: Tx, version: number): Promise<void> {
  await tx.sql.$executeRaw`
    insert into audit.alert_rule_confirmation (version, confirmed_by, confirmed_at) values (${version}, ${tx.origin.actor.id}, ${tx.now})`;
}
