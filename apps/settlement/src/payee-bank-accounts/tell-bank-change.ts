import { PayeeBankChangedV1 } from '#libs/contracts';
import type { Tx } from '#libs/persistence';
import { bankChangesToTell, type BankChange } from './bank-change.decision.js';
import { legalNameOf, paidAccounts, placesOf } from './payee-bank-account.store.js';

/** In the transaction of the step itself: a change that is kept is told, whatever happens afterwards. */
export async function tellBankChange(tx: Tx, change: Pick<BankChange, 'step' | 'rail' | 'version' | 'coolingOffHours'>): Promise<void> {
  const { rail, version: { payeeId, version } } = change;
  const payee = { legalName: await legalNameOf(tx, payeeId), places: await placesOf(tx, payeeId) };
  const paid = await paidAccounts(tx, payeeId);
  const told = bankChangesToTell({
    ...change, payee, paidTo: paid.get(rail), elsewhere: paid.get(rail === 'sepa' ? 'stripe' : 'sepa'), at: tx.now,
  });
  await tx.emitAll(PayeeBankChangedV1, told.map((body) => ({ subject: `payee:${payeeId}`, subjectVersion: version, body })));
}
