// What an unknown credit turned out to be, by a person's word: its money leaves `bank_unknown` once, for where a credit of
// that kind goes from the start.
import { accounts, transfer, type Posting } from '#libs/ledger';
import { reject, toWire, type BankAccountId, type BankLineId, type Cents, type LocalDate, type PayeeId, type Rejected } from '#libs/kernel';
import { giftPosting } from '../gifts/gift.decision.js';
import { paidPosting, type OpenNoteOf } from '../debit-notes/debit-note.decision.js';
import type { RefusalCode } from '../refusals.js';
import { invoicePaidPosting, type OpenInvoice } from '../place-invoices/place-invoice-payment.decision.js';
import { arrivalPosting } from '../stripe-balance/stripe-balance.decision.js';

export type IdentifiableLine = Readonly<{
  bankLineId: BankLineId; bankAccountId: BankAccountId; kind: string; amount: Cents; bookedOn: LocalDate;
  endToEndId: string | null; debtorMac: string | null; identified: boolean;
  /** It is a gift: nothing leaves a pool but by a rule or a vote. */
  given: boolean;
}>;
export type KnownPayout = Readonly<{ payoutId: string; amount: Cents; bankAccountId: BankAccountId; arrived: boolean }>;
export type AskedIdentity =
  | Readonly<{ kind: 'payer_receipt'; reference: string | null }>
  | Readonly<{ kind: 'psp_payout'; payout: KnownPayout | undefined }>
  /** `left` of the note before this line. `isBehindAccount`: who says so entered or approved an account of its payee. */
  | Readonly<{ kind: 'debit_note'; note: OpenNoteOf | undefined; isBehindAccount: boolean }>
  | Readonly<{ kind: 'place_invoice'; invoice: OpenInvoice | undefined; isBehindAccount: boolean }>
  | Readonly<{ kind: 'gift'; pool: string; isPool: boolean }>
  /** `shortfall`: how far the operator's costs are above what it earned, on the account of the line. */
  | Readonly<{ kind: 'paid_in'; operator: PayeeId | undefined; shortfall: Cents }>;

export function decideIdentification(line: IdentifiableLine | undefined, asked: AskedIdentity): Posting | Rejected<RefusalCode> {
  if (!line) return reject('bank_line_unknown');
  if (line.given) return reject('bank_line_given');
  if (line.kind !== 'unknown_credit') return reject('bank_line_of_known_kind', { kind: line.kind });
  if (line.identified) return reject('bank_line_identified');
  const { amount, bankAccountId } = line;
  if (asked.kind === 'payer_receipt') {
    return {
      rule: '2', custodyAccountId: bankAccountId,
      transfers: [transfer(accounts.settlement.bankUnknown, accounts.clearing('issuance'), amount)],
    };
  }
  switch (asked.kind) {
    case 'debit_note': return payNote(line, asked);
    case 'place_invoice': return payInvoice(line, asked);
    case 'gift': return asked.isPool ? giftPosting(asked.pool, bankAccountId, amount, 'unknown') : reject('pool_unknown');
    case 'paid_in': return paidIn(bankAccountId, amount, asked);
    case 'psp_payout': return bringIn(line, asked.payout);
  }
}

type Asked<Kind extends AskedIdentity['kind']> = Extract<AskedIdentity, { kind: Kind }>;

function payNote({ amount, bankAccountId }: IdentifiableLine, { note, isBehindAccount }: Asked<'debit_note'>): Posting | Rejected<RefusalCode> {
  if (!note || note.custodyAccountId !== bankAccountId) return reject('debit_note_unknown');
  // Money that anybody sent would pay what a friend owes, and the friend be paid in full by the next run.
  if (isBehindAccount) return reject('gives_to_own_account');
  if (amount > note.left) return reject('debit_note_overpaid', { leftCents: toWire(note.left), lineCents: toWire(amount) });
  return paidPosting(note, bankAccountId, amount, 'unknown');
}

function payInvoice({ amount, bankAccountId }: IdentifiableLine, { invoice, isBehindAccount }: Asked<'place_invoice'>): Posting | Rejected<RefusalCode> {
  if (!invoice || invoice.custodyAccountId !== bankAccountId) return reject('place_invoice_unknown');
  if (isBehindAccount) return reject('gives_to_own_account');
  if (amount > invoice.left) return reject('place_invoice_overpaid', { leftCents: toWire(invoice.left), lineCents: toWire(amount) });
  return invoicePaidPosting(invoice, amount, null);
}

function bringIn({ amount, bankAccountId }: IdentifiableLine, payout: KnownPayout | undefined): Posting | Rejected<RefusalCode> {
  if (!payout || payout.bankAccountId !== bankAccountId) return reject('payout_unknown');
  if (payout.arrived) return reject('payout_arrived');
  if (payout.amount !== amount) return reject('payout_amount_differs', { payoutCents: Number(payout.amount), lineCents: Number(amount) });
  return arrivalPosting(bankAccountId, amount, 'unknown');
}

/** Row 33. No more than is missing: by one person's word a stranger's money would be the operator's own, and leave with its fees. */
function paidIn(
  bankAccountId: BankAccountId, amount: Cents, { operator, shortfall }: Extract<AskedIdentity, { kind: 'paid_in' }>,
): Posting | Rejected<RefusalCode> {
  if (operator === undefined) return reject('operator_unknown');
  if (amount > shortfall) return reject('paid_in_over_shortfall', { shortfallCents: toWire(shortfall), lineCents: toWire(amount) });
  return {
    rule: '33', custodyAccountId: bankAccountId,
    transfers: [transfer(accounts.settlement.bankUnknown, accounts.settlement.bankOfOperator(operator), amount)],
  };
}
