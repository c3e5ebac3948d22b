import type { PayeeId } from '#libs/kernel';
import type { Tx } from '#libs/persistence';

/** Did this person enter the payee's bank account, or approve one that no run has paid to yet? */
export async function isBehindAccount(tx: Tx, payeeId: PayeeId, userId: string): Promise<boolean> {
  const [row] = await tx.sql.$queryRaw<{ found: boolean }[]>`
    select exists (select from settlement.people_behind_payee(${payeeId}::uuid) as who where who = ${userId}) as found`;
  return row!.found;
}
