// Invoices what closings kept of places, in steps after the closing: a step is a transaction in which numbers are drawn, documents
// written and told, all at once. It asks what has no document yet, so that a step that was killed is done by the next one, and a payee
// whose address comes later is invoiced then. Invoices come first: a credit note names those whose fee came back.
import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PlaceInvoiceIssuedV1, type BodyOf } from '#libs/contracts';
import { dayIn, idOf, isRejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { lockByName } from '../database.store.js';
import { BANK_TIME_ZONE, PLACE_INVOICES_PER_TRANSACTION } from '../limits.js';
import { SettlementWork } from '../settlement.work.js';
import { placeInvoiceContent, type InvoicedStatement, type Numbered, type PlaceInvoiceKind, type Seller } from './place-invoice-content.decision.js';
import { PlaceInvoiceSeller } from './place-invoice-seller.js';
import {
  citedInvoices, displayNumber, drawNumbers, dueCreditNotes, dueInvoices, insertPlaceInvoices, readStatements, type NewPlaceInvoice,
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
    for (const kind of ['invoice', 'credit_note'] as const) {
      for (let count = PLACE_INVOICES_PER_TRANSACTION; known && !isOver() && count === PLACE_INVOICES_PER_TRANSACTION; issued += count) {
        const outcome = await this.work.once(META, (tx) => issueSome(tx, kind, known));
        count = isRejected(outcome) ? 0 : outcome;
      }
    }
    this.lookedCount = Math.max(this.lookedCount, wokenCount);
    return issued;
  }
}

const DUE: Readonly<Record<PlaceInvoiceKind, typeof dueInvoices>> = { invoice: dueInvoices, credit_note: dueCreditNotes };

async function issueSome(tx: Tx, kind: PlaceInvoiceKind, seller: Seller): Promise<number> {
  // Two processes would find the same statements due, and the second would fail on what the first wrote.
  await lockByName(tx, 'place invoices');
  const due = (await DUE[kind](tx, PLACE_INVOICES_PER_TRANSACTION)).map(({ statementId }) => statementId);
  if (due.length === 0) return 0;
  const statements = await readStatements(tx, due, BANK_TIME_ZONE);
  const { siren } = seller;
  const { year, first, issuedOn } = await drawNumbers(tx, { siren, kind }, dayIn(BANK_TIME_ZONE, tx.now), statements.length);
  const documents: Document[] = [];
  for (const [at, statement] of statements.entries()) {
    const cites = kind === 'credit_note' ? await citedInvoices(tx, statement.statementId) : [];
    const number = first + at;
    documents.push(documentOf(tx, statement, number, { kind, number: displayNumber(kind, year, number), issuedOn, seller, cites }));
  }
  const eventIds = await tx.emitAll(PlaceInvoiceIssuedV1, documents.map(({ fact }) => ({ subject: `placeInvoice:${fact.placeInvoiceId}`, body: fact })));
  const rows = documents.map((document, at) => ({ ...document, eventId: eventIds[at]! }));
  await insertPlaceInvoices(tx, { siren, kind, year, issuedOn }, rows);
  return due.length;
}

type Document = Omit<NewPlaceInvoice, 'eventId'> & Readonly<{ fact: BodyOf<typeof PlaceInvoiceIssuedV1> }>;

function documentOf(tx: Tx, statement: InvoicedStatement, number: number, numbered: Numbered): Document {
  const content = placeInvoiceContent(statement, numbered);
  const { kind, number: display, issuedOn, seller, feeCents, vatCents, currency } = content;
  const text = JSON.stringify(content);
  const [placeInvoiceId, sha256] = [idOf('placeInvoice', tx.newId()), createHash('sha256').update(text).digest('hex')];
  const fact = {
    placeInvoiceId, kind, number: display, sellerSiren: seller.siren, payeeId: statement.buyer.payeeId, statementId: statement.statementId,
    issuedOn, feeCents, vatCents, currency, sha256,
  };
  return { placeInvoiceId, number, display, statement, feeCents, vatCents, text, sha256, fact };
}
