// What was paid early, taken of the statement that its payee is closed; and what was not paid before it, given up: the statement is
// paid whole. Either way the commons have their money back under the event that says so.
import { EarlyPaymentLapsedV1, EarlyPaymentNettedV1 } from '#libs/contracts';
import { toWire } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { lockPools } from '../allocations/allocation.store.js';
import type { SetOff } from '../debit-notes/set-off.decision.js';
import type { OpenClaims } from '../statement-closings/open-claims.store.js';
import { lapsedPosting, nettedPosting } from './early-payment.decision.js';
import { insertEarlyEnds, openEarlyPayments, type OpenEarly } from './early-payment.store.js';

/** With the pool locked where there are any, before this step posts to it: who asks locks it first, too. */
export async function lockEarlyPayments(tx: Tx, claims: readonly Pick<OpenClaims, 'payeeId'>[]): Promise<OpenEarly[]> {
  const open = await openEarlyPayments(tx, claims.map(({ payeeId }) => payeeId));
  if (open.length > 0) await lockPools(tx);
  return open;
}

export async function netEarlyPayments(tx: Tx, netted: readonly SetOff<OpenEarly>[]): Promise<void> {
  if (netted.length === 0) return;
  const eventIds = await tx.emitAll(EarlyPaymentNettedV1, netted.map(({ earlyPaymentId, statementId, amount, left, ...money }) => ({
    subject: `earlyPayment:${earlyPaymentId}`, posting: nettedPosting(money, amount),
    body: { ...bodyOf(money), earlyPaymentId, statementId, amountCents: toWire(amount), leftCents: toWire(left), currency: 'EUR' },
  })));
  await insertEarlyEnds(tx, netted.map(({ earlyPaymentId, statementId, amount }, at) =>
    ({ kind: 'netted', earlyPaymentId, statementId, amount, eventId: eventIds[at]! })));
}

export async function lapseEarlyPayments(tx: Tx, unpaid: readonly OpenEarly[]): Promise<void> {
  if (unpaid.length === 0) return;
  const eventIds = await tx.emitAll(EarlyPaymentLapsedV1, unpaid.map(({ earlyPaymentId, left, ...money }) => ({
    subject: `earlyPayment:${earlyPaymentId}`, posting: lapsedPosting(money, left),
    body: { ...bodyOf(money), earlyPaymentId, amountCents: toWire(left), currency: 'EUR' },
  })));
  await insertEarlyEnds(tx, unpaid.map(({ earlyPaymentId, left }, at) => ({ kind: 'lapsed', earlyPaymentId, amount: left, eventId: eventIds[at]! })));
}

const bodyOf = ({ pool, payeeId, custodyAccountId }: Pick<OpenEarly, 'pool' | 'payeeId' | 'custodyAccountId'>) => ({ pool, payeeId, custodyAccountId });
