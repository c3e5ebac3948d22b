import type { Tx } from '#libs/persistence';
import type { CommonsShare } from './divide-commons.decision.js';

/** `sourceId`: the statement of a payee, or the contradictory statement of an order. */
export type DividedCommons = Readonly<{ eventId: string; source: 'statement' | 'breakage'; sourceId: string; shares: readonly CommonsShare[] }>;

/** After their postings, which the database looks for. */
export async function insertCommonsShares(tx: Tx, divided: readonly DividedCommons[]): Promise<void> {
  const rows = divided.flatMap(({ shares, ...of }) => shares.map(({ local, national, ...share }) =>
    ({ ...of, ...share, local: local.toString(), national: national.toString() })));
  if (rows.length === 0) return;
  await tx.sql.$executeRaw`
    insert into settlement.commons_share (event_id, programme_id, sharing_rule_version, source, source_id, local, national, currency, at)
    select t."eventId", t."programmeId", t."sharingRuleVersion", t.source, t."sourceId", t.local, t.national, 'EUR', ${tx.now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t("eventId" uuid, "programmeId" uuid, "sharingRuleVersion" int, source text,
      "sourceId" uuid, local bigint, national bigint)`;
}
