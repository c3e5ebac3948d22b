import type { Envelope } from '#libs/contracts';
import type { PayeeId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';

export type UndoingLine = Readonly<{ payeeId: PayeeId; placeId: string; gross: bigint }>;

/** Undefined when there is no line that owes the redemption. It counts under the number of the message that undid it. */
export async function insertUndoingLine(tx: Tx, redemptionId: string, { id, seq }: Envelope): Promise<UndoingLine | undefined> {
  const [row] = await tx.sql.$queryRaw<UndoingLine[]>`
    insert into settlement.claim_line (id, redemption_id, source_seq, place_id, site_id, payee_id, programme_id, batch_id,
      custody_account_id, gross, currency, fee_rule_version, accreditation_version, service_date, redeemed_at, accrued_at, undo_id,
      tariff_version, tariff_cents)
    select ${tx.newId()}::uuid, c.redemption_id, ${seq}::bigint, c.place_id, c.site_id, c.payee_id, c.programme_id, c.batch_id,
      c.custody_account_id, -c.gross, c.currency, c.fee_rule_version, c.accreditation_version, c.service_date, c.redeemed_at, ${tx.now},
      ${id}::uuid, c.tariff_version, c.tariff_cents
    from settlement.claim_line c where c.redemption_id = ${redemptionId}::uuid and c.undo_id is null
    returning payee_id as "payeeId", place_id as "placeId", gross`;
  return row;
}

export async function parkUndo(tx: Tx, redemptionId: string, message: Envelope): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.parked_undo (redemption_id, message, parked_at)
    values (${redemptionId}::uuid, ${JSON.stringify(message)}::jsonb, ${tx.now})`;
}

/** Which of these redemptions were undone before they were told. */
export async function parkedAmong(tx: Tx, redemptionIds: readonly string[]): Promise<string[]> {
  const rows = await tx.sql.$queryRaw<{ redemptionId: string }[]>`
    select redemption_id as "redemptionId" from settlement.parked_undo where redemption_id = any(${redemptionIds}::uuid[])`;
  return rows.map(({ redemptionId }) => redemptionId);
}

export async function takeParkedUndo(tx: Tx, redemptionId: string): Promise<Envelope | undefined> {
  const [row] = await tx.sql.$queryRaw<{ message: Envelope }[]>`
    delete from settlement.parked_undo where redemption_id = ${redemptionId}::uuid returning message`;
  return row?.message;
}
