import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { BankCreditBookedV1, CommonsContributedV1, DebitNotePaidV1, PlaceInvoicePaidV1 } from '#libs/contracts';
import { assert, isRejected, minus, toWire, ZERO, type Rejected } from '#libs/kernel';
import type { Posting } from '#libs/ledger';
import type { Tx } from '#libs/persistence';
import { lockPools } from '../allocations/allocation.store.js';
import { bankLineReference } from '../bank-statements/bank-posting.decision.js';
import { lockByName } from '../database.store.js';
import { insertDischarges, lockNotes } from '../debit-notes/debit-note.store.js';
import { paidFact } from '../debit-notes/paid-fact.js';
import { giftFact } from '../gifts/gift-fact.js';
import { insertGifts, isPool } from '../gifts/gift.store.js';
import { COMMONS_POOL } from '../limits.js';
import { shortfallOf } from '../own-money/own-money.decision.js';
import { namedOperator, ownMoney } from '../own-money/own-money.store.js';
import { isBehindAccount } from '../payee-bank-accounts/people-behind.store.js';
import { invoicePaidFact } from '../place-invoices/invoice-paid-fact.js';
import { insertInvoiceDischarges, lockInvoices } from '../place-invoices/place-invoice-discharge.store.js';
import { personOf, SettlementWork } from '../settlement.work.js';
import { insertArrivals } from '../stripe-balance/stripe-payout.store.js';
import { identifiableLine, insertIdentification, knownPayout } from './identification.store.js';
import { IdentifyBankLine, type IdentifiedLine, type IdentityRequest } from './identify-bank-line.command.js';
import { decideIdentification, type AskedIdentity, type IdentifiableLine } from './identify-bank-line.decision.js';

@CommandHandler(IdentifyBankLine)
export class IdentifyBankLineHandler implements ICommandHandler<IdentifyBankLine> {
  constructor(private readonly work: SettlementWork) {}

  execute({ bankLineId, request, meta }: IdentifyBankLine) {
    return this.work.once<IdentifiedLine | Rejected>(meta, async (tx) => {
      // With bank statements and the reading of payouts: a line is identified once, a payout arrives once.
      await lockByName(tx, 'bank statements');
      const line = await identifiableLine(tx, bankLineId);
      const asked = await askedOf(tx, request, line);
      const posting = decideIdentification(line, asked);
      if (isRejected(posting)) return posting;

      if (request.kind === 'payer_receipt') await announce(tx, line!, request.reference, posting);
      else if (request.kind === 'psp_payout') await bringIn(tx, line!, request.payoutId, posting);
      else if (request.kind === 'gift') await give(tx, line!, asked, posting);
      else if (request.kind === 'paid_in') await payIn(tx, line!, posting);
      else await (request.kind === 'debit_note' ? payNote : payInvoice)(tx, line!, asked, posting);
      return { bankLineId, kind: request.kind, amountCents: toWire(line!.amount), currency: 'EUR' };
    });
  }
}

async function askedOf(tx: Tx, request: IdentityRequest, line: IdentifiableLine | undefined): Promise<AskedIdentity> {
  if (request.kind === 'payer_receipt') return request;
  if (request.kind === 'psp_payout') return { kind: 'psp_payout', payout: await knownPayout(tx, request.payoutId) };
  if (request.kind === 'place_invoice') {
    const [invoice] = await lockInvoices(tx, { placeInvoiceIds: [request.placeInvoiceId] });
    return { kind: 'place_invoice', invoice, isBehindAccount: invoice !== undefined && await isBehindAccount(tx, invoice.payeeId, personOf(tx)) };
  }
  if (request.kind === 'gift') {
    await lockPools(tx);
    const pool = request.programmeId ?? COMMONS_POOL;
    return { kind: 'gift', pool, isPool: await isPool(tx.sql, pool) };
  }
  if (request.kind === 'paid_in') {
    // With releases: no run finds a shortfall filled that is being filled, and two lines do not fill it twice.
    await lockByName(tx, 'settlement runs');
    const shortfall = line ? shortfallOf(await ownMoney(tx.sql, line.bankAccountId, 'own')) : ZERO;
    return { kind: 'paid_in', operator: await namedOperator(tx.sql), shortfall };
  }
  const [note] = await lockNotes(tx, { debitNoteIds: [request.debitNoteId] });
  return { kind: 'debit_note', note, isBehindAccount: note !== undefined && await isBehindAccount(tx, note.payeeId, personOf(tx)) };
}

/** Row 2, as if the bank had shown a reference of ours; without one, issuance lists it for a match by hand. */
async function announce(tx: Tx, line: IdentifiableLine, reference: string | null, posting: Posting): Promise<void> {
  const { bankLineId, bankAccountId, bookedOn, amount, endToEndId, debtorMac } = line;
  const eventId = await tx.emit(BankCreditBookedV1, {
    subject: bankLineReference(bankLineId), posting,
    body: {
      bankLineId, custodyAccountId: bankAccountId, bookedOn, amountCents: toWire(amount), currency: 'EUR',
      wasUnknown: true, references: reference === null ? [] : [reference], endToEndId, debtorMac,
    },
  });
  await insertIdentification(tx, { bankLineId, kind: 'payer_receipt', reference, eventId });
}

/** Row 5. */
async function bringIn(tx: Tx, { bankLineId, amount }: IdentifiableLine, payoutId: string, posting: Posting): Promise<void> {
  const eventId = await tx.post(posting, bankLineReference(bankLineId));
  await insertArrivals(tx, [{ payoutId, amount, bankLineId, eventId }]);
  await insertIdentification(tx, { bankLineId, kind: 'psp_payout', payoutId, eventId });
}

/** Row 27. */
async function give(tx: Tx, line: IdentifiableLine, asked: AskedIdentity, posting: Posting): Promise<void> {
  const { bankLineId, bankAccountId, amount } = line;
  assert(asked.kind === 'gift', 'a gift was decided without its pool');
  const gift = { bankLineId, pool: asked.pool, custodyAccountId: bankAccountId, amount, wasUnknown: true as const };
  const eventId = await tx.emit(CommonsContributedV1, giftFact(gift, posting));
  await insertIdentification(tx, { bankLineId, kind: 'gift', eventId });
  await insertGifts(tx, [{ ...gift, eventId }]);
}

/** Row 33. */
async function payIn(tx: Tx, { bankLineId }: IdentifiableLine, posting: Posting): Promise<void> {
  const eventId = await tx.post(posting, bankLineReference(bankLineId));
  await insertIdentification(tx, { bankLineId, kind: 'paid_in', eventId });
}

/** Row 20. */
async function payNote(tx: Tx, { bankLineId, amount }: IdentifiableLine, asked: AskedIdentity, posting: Posting): Promise<void> {
  assert(asked.kind === 'debit_note' && asked.note, 'a payment of a debit note was decided without its note');
  const { note } = asked;
  const eventId = await tx.emit(DebitNotePaidV1, paidFact(
    { ...note, left: minus(note.left, amount) }, { amount, bankLineId, wasUnknown: true }, posting,
  ));
  await insertIdentification(tx, { bankLineId, kind: 'debit_note', debitNoteId: note.debitNoteId, eventId });
  await insertDischarges(tx, [{ kind: 'paid', bankLineId, debitNoteId: note.debitNoteId, amount, eventId }]);
}

/** Row 13. */
async function payInvoice(tx: Tx, { bankLineId, amount }: IdentifiableLine, asked: AskedIdentity, posting: Posting): Promise<void> {
  assert(asked.kind === 'place_invoice' && asked.invoice, 'a payment of an invoice was decided without its invoice');
  const { invoice } = asked;
  const { placeInvoiceId } = invoice;
  const after = { ...invoice, left: minus(invoice.left, amount) };
  const eventId = await tx.emit(PlaceInvoicePaidV1, invoicePaidFact(after, { amount, bankLineId, wasUnknown: true }, posting));
  await insertIdentification(tx, { bankLineId, kind: 'place_invoice', placeInvoiceId, eventId });
  await insertInvoiceDischarges(tx, [{ kind: 'paid', bankLineId, placeInvoiceId, amount, eventId }]);
}
