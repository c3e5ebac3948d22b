import { idOf, type BankLineId, type PayeeId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { personOf } from '../settlement.work.js';

/** The payee made for an earlier credit from this account, whether somebody approved the account yet or not. */
export async function senderPaidAt(tx: Tx, iban: string): Promise<PayeeId | undefined> {
  const [row] = await tx.sql.$queryRaw<{ payeeId: PayeeId }[]>`
    select b.payee_id as "payeeId" from settlement.payee_bank_account b join settlement.payee p on p.id = b.payee_id
    where b.iban = ${iban} and p.sender_of is not null and b.blocked_at is null order by b.payee_id limit 1`;
  return row?.payeeId;
}

export async function insertSender(tx: Tx, bankLineId: BankLineId, name: string): Promise<PayeeId> {
  const payeeId = idOf('payee', tx.newId());
  await tx.sql.$executeRaw`
    insert into settlement.payee (id, legal_name, sender_of, completed_by, completed_at, created_at)
    values (${payeeId}::uuid, ${name}, ${bankLineId}::uuid, ${personOf(tx)}, ${tx.now}, ${tx.now})`;
  return payeeId;
}
