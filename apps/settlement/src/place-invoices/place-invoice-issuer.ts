// Invoices what closings kept or billed of places, and the charges of a year, in steps: a step is a transaction in which numbers are drawn,
// documents written and told, all at once. It asks what has no document yet, so that a step that was killed is done by the next one, and a
// payee whose address comes later is invoiced then. Invoices come first: a credit note names those whose fee came back.
import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PlaceInvoiceIssuedV1, placeInvoiceReference, type BodyOf } from '#libs/contracts';
import { dayIn, idOf, isRejected, type LocalDate } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { lockByName } from '../database.store.js';
import { BANK_TIME_ZONE, PLACE_INVOICES_PER_TRANSACTION } from '../limits.js';
import { nettingOn } from '../netting/netting.store.js';
import { tellDocuments } from '../payee-documents/tell-documents.js';
import { SettlementWork } from '../settlement.work.js';
import { lockPayees } from '../statement-closings/open-claims.store.js';
import { placeInvoiceContent, type Cited, type Invoiced, type PlaceInvoiceContent, type PlaceInvoiceKind, type Seller } from './place-invoice-content.decision.js';
import { insertInvoiceDischarges, openDocuments } from './place-invoice-discharge.store.js';
import { decideCredits } from './place-invoice-payment.decision.js';
import { PlaceInvoiceSeller } from './place-invoice-seller.js';
import {
  citedInvoices, displayNumber, drawNumbers, dueChargeInvoices, dueCreditNotes, dueInvoices, insertPlaceInvoices, readCharges,
  readStatements,
  type NewPlaceInvoice,
} from './place-invoice.store.js';

const META = { kind: 'process', name: 'place invoices', correlationId: 'place invoices' } as const;

@Injectable()
export class PlaceInvoiceIssuer {
  private announce: () => void = () => undefined;
  /** Looks that were asked for and are not over: whoever waits for quiet waits for the invoices of a closing too. */
  private wokenCount = 0;
  private lookedCount = 0;

  constructor(private readonly work: SettlementWork, private readonly seller: PlaceInvoiceSeller) {}

  /** Something closed. May be lost: the loop looks by itself from time to time. */
  wake(): void {
    this.wokenCount += 1;
    this.announce();
  }

  onWake(announce: () => void): void {
    this.announce = announce;
  }

  isIdle(): boolean {
    return this.lookedCount === this.wokenCount;
  }

  /** All that can be issued by now; answers how many documents. */
  async issueAll(isOver: () => boolean = () => false): Promise<number> {
    const { wokenCount, seller: { known } } = this;
    let issued = 0;
    for (const source of SOURCES) {
      for (let count = PLACE_INVOICES_PER_TRANSACTION; known && !isOver() && count === PLACE_INVOICES_PER_TRANSACTION; issued += count) {
        const outcome = await this.work.once(META, (tx) => issueSome(tx, source, known));
        count = isRejected(outcome) ? 0 : outcome;
      }
    }
    this.lookedCount = Math.max(this.lookedCount, wokenCount);
    return issued;
  }
}

type Due = Readonly<{ invoiced: Invoiced; cites: readonly Cited[] }>;
/** What asks for a document of a kind, with its payees locked: what is left of their documents is counted anew. */
type Source = Readonly<{ kind: PlaceInvoiceKind; due: (tx: Tx) => Promise<Due[]> }>;

const SOURCES: readonly Source[] = [
  { kind: 'invoice', due: (tx) => ofStatements(tx, 'invoice') }, { kind: 'invoice', due: ofCharges },
  { kind: 'credit_note', due: (tx) => ofStatements(tx, 'credit_note') },
];

async function ofStatements(tx: Tx, kind: PlaceInvoiceKind): Promise<Due[]> {
  const due = await (kind === 'invoice' ? dueInvoices : dueCreditNotes)(tx, PLACE_INVOICES_PER_TRANSACTION);
  await lockPayees(tx, due);
  const dues: Due[] = [];
  for (const invoiced of await readStatements(tx, due.map(({ statementId }) => statementId), BANK_TIME_ZONE)) {
    dues.push({ invoiced, cites: kind === 'credit_note' ? await citedInvoices(tx, invoiced.statementId) : [] });
  }
  return dues;
}

async function ofCharges(tx: Tx): Promise<Due[]> {
  const due = await dueChargeInvoices(tx, PLACE_INVOICES_PER_TRANSACTION);
  await lockPayees(tx, due);
  const netting = await nettingOn(tx.sql, due.map(({ payeeId }) => payeeId), dayIn(BANK_TIME_ZONE, tx.now));
  const charges = await readCharges(tx, due.map(({ chargeId }) => chargeId));
  return charges.map((charge) => ({ invoiced: { ...charge, isNetted: netting(charge.buyer.payeeId).isNetted }, cites: [] }));
}

async function issueSome(tx: Tx, { kind, due }: Source, seller: Seller): Promise<number> {
  // Two processes would find the same statements due, and the second would fail on what the first wrote.
  await lockByName(tx, 'place invoices');
  const dues = await due(tx);
  if (dues.length === 0) return 0;
  const { siren } = seller;
  const { year, first, issuedOn } = await drawNumbers(tx, { siren, kind }, dayIn(BANK_TIME_ZONE, tx.now), dues.length);
  const documents = dues.map(({ invoiced, cites }, at) =>
    documentOf(tx, invoiced, { kind, number: first + at, display: displayNumber(kind, year, first + at), issuedOn, seller, cites }));
  const eventIds = await tx.emitAll(PlaceInvoiceIssuedV1, documents.map(({ fact }) => ({ subject: `placeInvoice:${fact.placeInvoiceId}`, body: fact })));
  const rows = documents.map((document, at) => ({ ...document, eventId: eventIds[at]! }));
  await insertPlaceInvoices(tx, { siren, kind, year, issuedOn }, rows);
  const payeeIds = dues.map(({ invoiced }) => invoiced.buyer.payeeId);
  await insertInvoiceDischarges(tx, decideCredits(await openDocuments(tx, payeeIds)).map((credit) => ({ kind: 'credited', ...credit })));
  await tellDocuments(tx, documents.map(({ placeInvoiceId, content: { number, period, totalCents, dueOn, buyer } }) =>
    ({ kind, documentId: placeInvoiceId, number, period, amountCents: totalCents, dueOn, payeeId: buyer.payeeId })));
  return dues.length;
}

type Document = Omit<NewPlaceInvoice, 'eventId'> & Readonly<{ content: PlaceInvoiceContent; fact: BodyOf<typeof PlaceInvoiceIssuedV1> }>;
type Drawn = Readonly<{
  kind: PlaceInvoiceKind; number: number; display: string; issuedOn: LocalDate; seller: Seller; cites: readonly Cited[];
}>;

function documentOf(tx: Tx, invoiced: Invoiced, { number, display, ...numbered }: Drawn): Document {
  const placeInvoiceId = idOf('placeInvoice', tx.newId());
  const content = placeInvoiceContent(invoiced, { ...numbered, number: display, reference: placeInvoiceReference(placeInvoiceId) });
  const { kind, issuedOn, seller, feeCents, vatCents, currency, payment, payTo } = content;
  const text = JSON.stringify(content);
  const sha256 = createHash('sha256').update(text).digest('hex');
  const about = 'chargeId' in invoiced ? { chargeId: invoiced.chargeId } : { statementId: invoiced.statementId };
  const { payeeId } = invoiced.buyer;
  const fact = {
    placeInvoiceId, kind, number: display, sellerSiren: seller.siren, payeeId, ...about, issuedOn, feeCents, vatCents, currency, sha256,
  };
  const reference = payTo?.reference ?? null;
  return { placeInvoiceId, number, display, payeeId, about, feeCents, vatCents, payment, reference, text, sha256, content, fact };
}
