import { PayeeBankChangedV1 } from '#libs/contracts';
import type { Tx } from '#libs/persistence';
import { bankChangesToTell, type BankChange } from './bank-change.decision.js';
import { legalNameOf, paidAccount, placesOf } from './payee-bank-account.store.js';

/** In the transaction of the step itself: a change that is kept is told, whatever happens afterwards. */
export async function tellBankChange(tx: Tx, { step, version, coolingOffHours }: Pick<BankChange, 'step' | 'version' | 'coolingOffHours'>): Promise<void> {
  const { payeeId } = version;
  const payee = { legalName: await legalNameOf(tx, payeeId), places: await placesOf(tx, payeeId) };
  const told = bankChangesToTell({ step, version, payee, paidTo: await paidAccount(tx, payeeId), at: tx.now, coolingOffHours });
  await tx.emitAll(PayeeBankChangedV1, told.map((body) => ({ subject: `payee:${payeeId}`, subjectVersion: version.version, body })));
}
