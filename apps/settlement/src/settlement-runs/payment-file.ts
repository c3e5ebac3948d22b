// The bytes of a run, made once when the run is created: what is approved is what leaves.
import { assert, isRejected, type LocalDate } from '#libs/kernel';
import { writePain001 } from '../bank-files/pain001/pain001.js';
import type { RunPayment } from './run.store.js';
import { textForPayee } from './text-for-payee.js';

export type BankFileOrder = Readonly<{
  messageId: string;
  createdAt: Date;
  executionOn: LocalDate;
  from: Readonly<{ name: string; iban: string; bic: string }>;
  payments: readonly RunPayment[];
}>;

/** IBANs, BICs and names were checked when they came in, so a refusal of the writer is a fault of ours. */
export function bankFileOf(order: BankFileOrder): { bytes: Buffer; paymentInformationId: string } {
  const { messageId, createdAt, executionOn, from, payments } = order;
  const file = writePain001({
    messageId, createdAt, initiatingParty: { name: from.name },
    payments: payments.map(({ paymentId, account, amount, ...owed }) => ({
      paymentId, debtor: from, executeOn: executionOn, amountCents: amount, text: textForPayee(owed),
      creditor: { name: account.holder, iban: account.iban, ...(account.bic !== null && { bic: account.bic }) },
    })),
  });
  assert(!isRejected(file), `the payment file was not written: ${isRejected(file) ? file.code : ''}`);
  const [part, ...more] = file.parts;
  assert(part && more.length === 0, 'a run has one account and one day, so its file has one part');
  return { bytes: Buffer.from(file.xml, 'utf8'), paymentInformationId: part.paymentInformationId };
}
