import { assert, idOf, type PayeeId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { payeeOfPlace } from '../payees/payee.store.js';
import type { Redeemed } from './accrue-claim-line.command.js';

/** A redemption, and the number of redemption's message that told it: by these statements cut off. */
export type Told = Readonly<{ fact: Redeemed; sourceSeq: number }>;

/** Undefined when the redemption's line exists already. One round trip for a place that is known, as nearly all are. */
export async function insertClaimLine(tx: Tx, told: Told): Promise<PayeeId | undefined> {
  const { fact } = told;
  const inserted = (await insertClaimLines(tx, [told])).get(fact.redemptionId);
  if (inserted || await isKnown(tx, fact)) return inserted;
  await payeeOfPlace(tx, idOf('place', fact.placeId));
  return (await insertClaimLines(tx, [told])).get(fact.redemptionId);
}

/** To whom each is owed, by redemption; those whose line exists, or whose place has no payee yet, are missing. */
export async function insertClaimLines(tx: Tx, all: readonly Told[]): Promise<Map<string, PayeeId>> {
  const rows = all.map((told) => rowOf(tx.newId(), told));
  const inserted = await tx.sql.$queryRaw<{ redemptionId: string; payeeId: PayeeId }[]>`
    insert into settlement.claim_line (id, redemption_id, source_seq, place_id, site_id, payee_id, programme_id, batch_id,
      custody_account_id, gross, currency, fee_rule_version, accreditation_version, service_date, redeemed_at, accrued_at, held_for,
      tariff_version, tariff_cents)
    select t.id, t."redemptionId", t."sourceSeq", s.place_id, t."siteId", s.payee_id, t."programmeId", t."batchId", t."custodyAccountId",
      t."amountCents", t.currency, t."feeRuleVersion", t."accreditationVersion", t."serviceDate", t."redeemedAt", ${tx.now},
      t."heldForMeasureId", t."tariffVersion", t."tariffCents"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, "redemptionId" uuid, "sourceSeq" bigint, "placeId" uuid,
      "siteId" uuid, "programmeId" uuid, "batchId" uuid, "custodyAccountId" uuid, "amountCents" bigint, currency text, "feeRuleVersion" int,
      "accreditationVersion" int, "serviceDate" date, "redeemedAt" timestamptz, "heldForMeasureId" uuid,
      "tariffVersion" int, "tariffCents" bigint)
    join settlement.payee_site s on s.place_id = t."placeId"
    order by t."sourceSeq"
    on conflict (redemption_id) where undo_id is null do nothing
    returning redemption_id as "redemptionId", payee_id as "payeeId"`;
  return new Map(inserted.map(({ redemptionId, payeeId }) => [redemptionId, payeeId]));
}

/** What a line keeps of it: the rest of a redemption would be read a second time for nothing. */
const rowOf = (id: string, { sourceSeq, fact }: Told) => ({
  id, sourceSeq, redemptionId: fact.redemptionId, placeId: fact.placeId, siteId: fact.siteId, programmeId: fact.programmeId,
  batchId: fact.batchId, custodyAccountId: fact.custodyAccountId, amountCents: fact.amountCents, currency: fact.currency,
  feeRuleVersion: fact.feeRuleVersion, accreditationVersion: fact.accreditationVersion, serviceDate: fact.serviceDate,
  redeemedAt: fact.redeemedAt, heldForMeasureId: fact.heldForMeasureId, tariffVersion: fact.tariffVersion, tariffCents: fact.tariffCents,
});

/** A redemption told twice is one claim; told twice with other content it is a fault that somebody must read. */
async function isKnown(tx: Tx, fact: Redeemed): Promise<boolean> {
  const [row] = await tx.sql.$queryRaw<{ placeId: string; gross: bigint }[]>`
    select place_id as "placeId", gross from settlement.claim_line
    where redemption_id = ${fact.redemptionId}::uuid and undo_id is null`;
  if (!row) return false;
  assert(
    row.placeId === fact.placeId && row.gross === BigInt(fact.amountCents),
    `redemption ${fact.redemptionId} was told twice with other content`,
  );
  return true;
}
