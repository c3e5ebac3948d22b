import { PayeeBankChangedV1 } from '#libs/contracts';
import type { Tx } from '#libs/persistence';
import type { Rail } from '../payment-source.decision.js';
import { bankChangesToTell, type BankChange } from './bank-change.decision.js';
import { legalNameOf, paidAccount, placesOf } from './payee-bank-account.store.js';

/** In the transaction of the step itself: a change that is kept is told, whatever happens afterwards. */
export async function tellBankChange(tx: Tx, rail: Rail, { step, version, coolingOffHours }: Pick<BankChange, 'step' | 'version' | 'coolingOffHours'>): Promise<void> {
  const { payeeId } = version;
  const paidTo = await paidAccount(tx, payeeId, rail);
  const payee = { legalName: await legalNameOf(tx, payeeId), places: await placesOf(tx, payeeId) };
  const told = bankChangesToTell({ step, version, payee, paidTo, isFirst: version.version === 1 && !paidTo, at: tx.now, coolingOffHours });
  await tx.emitAll(PayeeBankChangedV1, told.map((body) => ({ subject: `payee:${payeeId}`, subjectVersion: version.version, body: { ...body, ...(rail === 'stripe' && { rail }) } })));
}
