// An invoice that its statement did not keep is owed until it is paid, set off against statements to come, or credited. In part leaves the
// rest owed; what is too much pays nothing of it, and a person says what it is.
import { cents, minus, type BankAccountId, type Cents, type PayeeId, type PlaceInvoiceId } from '#libs/kernel';
import { accounts, transfer, type Account, type Posting } from '#libs/ledger';

export type OpenInvoice = Readonly<{ placeInvoiceId: PlaceInvoiceId; payeeId: PayeeId; custodyAccountId: string; left: Cents }>;
export type KnownInvoice = OpenInvoice & Readonly<{ reference: string }>;

const lessOwed = ({ payeeId, custodyAccountId }: OpenInvoice, against: Account, amount: Cents): Posting =>
  ({ rule: '13', custodyAccountId, transfers: [transfer(against, accounts.settlement.placeReceivable(payeeId), amount)] });

/** By a bank line that said so itself, or, once a person has said so, by one that nobody could read (null). */
export const invoicePaidPosting = (invoice: OpenInvoice, amount: Cents, line: BankAccountId | null): Posting =>
  lessOwed(invoice, line === null ? accounts.settlement.bankUnknown : accounts.settlement.bank(line), amount);
export const invoiceSetOffPosting = (invoice: OpenInvoice, amount: Cents): Posting =>
  lessOwed(invoice, accounts.settlement.payable(invoice.payeeId), amount);

/** What is still open of a document; the oldest first. */
export type OpenDocument = Readonly<{ id: PlaceInvoiceId; kind: 'invoice' | 'credit_note'; payeeId: PayeeId; custodyAccountId: string; left: Cents }>;
export type Credited = Readonly<{ placeInvoiceId: PlaceInvoiceId; creditNoteId: PlaceInvoiceId; amount: Cents }>;

/** Credit notes against invoices of the same payee and custody account, the oldest of one against the oldest of the other. */
export function decideCredits(documents: readonly OpenDocument[]): Credited[] {
  const credits: Credited[] = [];
  const notes = documents.filter(({ kind }) => kind === 'credit_note').map((note) => ({ ...note }));
  for (const invoice of documents.filter(({ kind }) => kind === 'invoice')) {
    let { left } = invoice;
    for (const note of notes) {
      if (note.payeeId !== invoice.payeeId || note.custodyAccountId !== invoice.custodyAccountId) continue;
      const amount = cents(left < note.left ? left : note.left);
      if (amount <= 0n) continue;
      left = minus(left, amount);
      note.left = minus(note.left, amount);
      credits.push({ placeInvoiceId: invoice.id, creditNoteId: note.id, amount });
    }
  }
  return credits;
}
