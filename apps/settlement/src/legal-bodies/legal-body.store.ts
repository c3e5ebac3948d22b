import type { PayeeId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { personOf } from '../settlement.work.js';

export async function insertOperator(tx: Tx, payeeId: PayeeId): Promise<void> {
  await tx.sql.$executeRaw`
    insert into settlement.operator (payee_id, named_by, named_at) values (${payeeId}::uuid, ${personOf(tx)}, ${tx.now})`;
}
