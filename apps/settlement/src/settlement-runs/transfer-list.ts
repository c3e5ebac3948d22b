// The bytes of a run by Stripe, made once when the run is created: a line per transfer, with all that Stripe will be asked for. What is
// approved is what is asked.
import { canonicalJson, toWire } from '#libs/kernel';
import type { PayeeDestination } from './create-run.decision.js';
import type { RunPayment } from './run.store.js';
import { textForPayee } from './text-for-payee.js';

/** In the order of the payments' ids, each line one canonical JSON text: the same run gives the same bytes wherever it is made. */
export function transferListOf(messageId: string, payments: readonly RunPayment<PayeeDestination>[]): Buffer {
  const inOrder = [...payments].sort((a, b) => (a.paymentId < b.paymentId ? -1 : 1));
  const lines = inOrder.map(({ paymentId, account, amount, ...owed }) => canonicalJson({
    destination: account.stripeAccountId, amount: toWire(amount), currency: 'eur', transfer_group: messageId,
    description: textForPayee(owed), metadata: { payment_id: paymentId },
  }));
  return Buffer.from(lines.map((line) => `${line}\n`).join(''), 'utf8');
}
