import { assert, idOf, type PayeeId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { payeeOfPlace } from '../payees/payee.store.js';
import type { Redeemed } from './accrue-claim-line.command.js';

/** Undefined when the redemption's line exists already. One round trip for a place that is known, as nearly all are. */
export async function insertClaimLine(tx: Tx, fact: Redeemed, sourceSeq: number): Promise<PayeeId | undefined> {
  const inserted = await tryInsert(tx, fact, sourceSeq);
  if (inserted || await isKnown(tx, fact)) return inserted;
  await payeeOfPlace(tx, idOf('place', fact.placeId));
  return tryInsert(tx, fact, sourceSeq);
}

async function tryInsert(tx: Tx, fact: Redeemed, sourceSeq: number): Promise<PayeeId | undefined> {
  const [row] = await tx.sql.$queryRaw<{ payeeId: PayeeId }[]>`
    insert into settlement.claim_line (id, redemption_id, source_seq, place_id, site_id, payee_id, programme_id, batch_id,
      custody_account_id, gross, currency, fee_rule_version, accreditation_version, service_date, redeemed_at, accrued_at,
      tariff_version, tariff_cents)
    select ${tx.newId()}::uuid, ${fact.redemptionId}::uuid, ${sourceSeq}, s.place_id, ${fact.siteId}::uuid, s.payee_id,
      ${fact.programmeId}::uuid, ${fact.batchId}::uuid, ${fact.custodyAccountId}::uuid, ${fact.amountCents}, ${fact.currency},
      ${fact.feeRuleVersion}, ${fact.accreditationVersion}, ${fact.serviceDate}::date, ${fact.redeemedAt}::timestamptz, ${tx.now},
      ${fact.tariffVersion ?? null}::int, ${fact.tariffCents ?? null}::bigint
    from settlement.payee_site s where s.place_id = ${fact.placeId}::uuid
    on conflict (redemption_id) where undo_id is null do nothing
    returning payee_id as "payeeId"`;
  return row?.payeeId;
}

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
