// Invoices that say that they are netted, taken of what their payee is owed by a statement: posted, told and kept, once per invoice and
// statement.
import { PlaceInvoicePaidV1 } from '#libs/contracts';
import type { Tx } from '#libs/persistence';
import type { SetOff } from '../debit-notes/set-off.decision.js';
import { invoicePaidFact } from './invoice-paid-fact.js';
import { insertInvoiceDischarges } from './place-invoice-discharge.store.js';
import { invoiceSetOffPosting, type OpenInvoice } from './place-invoice-payment.decision.js';

export async function setOffInvoices(tx: Tx, setOffs: readonly SetOff<OpenInvoice>[]): Promise<void> {
  if (setOffs.length === 0) return;
  const eventIds = await tx.emitAll(PlaceInvoicePaidV1, setOffs.map((setOff) =>
    invoicePaidFact(setOff, { amount: setOff.amount, statementId: setOff.statementId }, invoiceSetOffPosting(setOff, setOff.amount))));
  await insertInvoiceDischarges(tx, setOffs.map(({ placeInvoiceId, statementId, amount }, at) =>
    ({ kind: 'set_off', placeInvoiceId, statementId, amount, eventId: eventIds[at]! })));
}
