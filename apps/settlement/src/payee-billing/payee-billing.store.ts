import type { PayeeId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { Reader } from '../reader.js';
import { personOf } from '../settlement.work.js';
import type { PayeeBilling } from './payee-billing.commands.js';

/** A place knows the payee behind it, and no other. */
export async function knowsPayee(tx: Tx, payeeId: PayeeId, { placeId }: Reader): Promise<boolean> {
  const rows = await tx.sql.$queryRaw<unknown[]>`
    select 1 from settlement.payee p where p.id = ${payeeId}::uuid and (${placeId}::uuid is null or exists (
      select from settlement.payee_site s where s.payee_id = p.id and s.place_id = ${placeId}::uuid))`;
  return rows.length > 0;
}

/** To be called under the lock of the payee: two at once would both call themselves the next version. */
export async function insertPayeeBilling(tx: Tx, payeeId: PayeeId, { address, vatNumber }: PayeeBilling): Promise<number> {
  const [row] = await tx.sql.$queryRaw<{ version: number }[]>`
    insert into settlement.payee_billing (payee_id, version, address, vat_number, given_by, given_at)
    select ${payeeId}::uuid, 1 + coalesce(max(version), 0), ${address}, ${vatNumber}, ${personOf(tx)}, ${tx.now}
    from settlement.payee_billing where payee_id = ${payeeId}::uuid returning version`;
  return row!.version;
}
