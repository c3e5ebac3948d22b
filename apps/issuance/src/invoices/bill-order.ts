// An order's quotes and invoices, for whoever holds the lock of the order or its draft: the route of this slice, and in
// their own transactions the quote of a draft and the acceptance that makes an order of it.
import { InvoiceIssuedV1 } from '#libs/contracts';
import { dayIn, isRejected, plus, type LocalDate, type Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { lockByName } from '../database.store.js';
import { OPERATOR_ZONE } from '../limits.js';
import type { Order } from '../order.store.js';
import { billablePayers, type BillableShare } from '../payer-billing/payer-billing.store.js';
import type { ProgrammeRule } from '../programme-rule.decision.js';
import { currentRule } from '../programme.store.js';
import { atMostQuoted, NO_FEE } from '../upstream-fees/upstream-fee.decision.js';
import { chargedFees, termsOf, upstreamFeeRuleById, upstreamFeeRuleOn, type UpstreamFeeRule } from '../upstream-fees/upstream-fee-rule.store.js';
import { totalCents, type Seller } from './invoice-content.decision.js';
import { billed } from './invoice-lines.decision.js';
import { addFeeInvoiced, invoicedPayers, quotedFee, quotedRuleId } from './invoice.store.js';
import { issueDocument, type Draft, type Issued } from './issue-document.js';
import { decideBilling, invoicePosting, type ToBill } from './issue-invoices.decision.js';
import type { IssuedDocument, IssuedDocuments } from './issue-invoices.command.js';

/** One invoice per payer that has none. Refuses when the law or a payer wants something that is not known. */
export async function invoiceOrder(tx: Tx, order: Order, seller: Seller | undefined): Promise<IssuedDocuments | Rejected> {
  const bill = await billOf(tx, order, seller, false);
  if (isRejected(bill)) return bill;
  const documents: IssuedDocument[] = [];
  for (const one of bill.toBill) documents.push(await invoicePayer(tx, order, bill, one));
  return { documents };
}

/**
 * One quote per payer of a draft, good until that day. It binds: the invoices of the order that comes of it are by the same
 * rule, whatever is published meanwhile.
 */
export async function quoteDraft(
  tx: Tx, draft: Billable, validUntil: LocalDate, seller: Seller | undefined,
): Promise<IssuedDocuments | Rejected> {
  const bill = await billOf(tx, draft, seller, true);
  if (isRejected(bill)) return bill;
  const documents: IssuedDocument[] = [];
  for (const one of bill.toBill) {
    const about = { orderId: draft.orderId, payerId: one.payer.payerId, feeRuleId: bill.rule?.ruleId ?? null, validUntil };
    documents.push(shown(await issueDocument(tx, draftOf('quote', draft, bill, one), about), one));
  }
  return { documents };
}

/** An order, or a draft with the shares that it is quoted at. */
export type Billable = Pick<Order, 'orderId' | 'programmeId' | 'count' | 'face' | 'total'>
  & Readonly<{ reference: string | null; shares: readonly BillableShare[] }>;
type Bill = Readonly<{ toBill: readonly ToBill[]; seller: Seller; rule: UpstreamFeeRule | undefined; programme: ProgrammeRule }>;

async function billOf(tx: Tx, order: Billable, seller: Seller | undefined, isQuote: boolean): Promise<Bill | Rejected> {
  const { orderId, programmeId, total, shares } = order;
  // The cap of an agreement is shared by all orders of a programme: they are charged one after the other.
  await lockByName(tx, `upstream fees of ${programmeId}`);
  const rule = await ruleFor(tx, order, isQuote);
  const quoted = isQuote ? null : await quotedFee(tx, orderId, shares.map(({ payerId }) => payerId));
  const toBill = decideBilling({
    total, payers: await billablePayers(tx, orderId, shares), invoiced: await invoicedPayers(tx, orderId),
    terms: atMostQuoted(rule ? termsOf(rule) : NO_FEE, quoted), charged: await chargedFees(tx.sql, programmeId),
    sellerKnown: seller !== undefined, isQuote,
  });
  if (isRejected(toBill)) return toBill;
  return { toBill, seller: seller!, rule, programme: (await currentRule(tx.sql, programmeId, tx.now))! };
}

async function ruleFor(tx: Tx, { orderId, programmeId }: Billable, isQuote: boolean): Promise<UpstreamFeeRule | undefined> {
  const quoted = isQuote ? undefined : await quotedRuleId(tx, orderId);
  if (quoted === undefined) return upstreamFeeRuleOn(tx.sql, programmeId, dayIn(OPERATOR_ZONE, tx.now));
  return quoted === null ? undefined : upstreamFeeRuleById(tx.sql, programmeId, quoted);
}

async function invoicePayer(tx: Tx, order: Order, bill: Bill, one: ToBill): Promise<IssuedDocument> {
  const { orderId, custodyAccountId } = order;
  const { payerId } = one.payer;
  const posting = invoicePosting(custodyAccountId, payerId, one.fee);
  const about = { orderId, payerId, feeRuleId: bill.rule?.ruleId ?? null };
  const issued = await issueDocument(tx, draftOf('invoice', order, bill, one), about, ({ invoiceId, content, pdfSha256, xmlSha256 }) => {
    const { number, issuedOn, faceCents, feeCents, vatCents, currency, seller } = content;
    return tx.emit(InvoiceIssuedV1, {
      subject: `invoice:${invoiceId}`, ...(posting && { posting }),
      body: {
        invoiceId, number, sellerSiren: seller.siren, orderId, payerId, issuedOn, faceCents, feeCents, vatCents, currency,
        custodyAccountId, pdfSha256, xmlSha256: xmlSha256!,
      },
    });
  });
  if (posting) await addFeeInvoiced(tx, orderId, payerId, plus(one.fee.net, one.fee.vat));
  return shown(issued, one);
}

function draftOf(kind: 'quote' | 'invoice', order: Billable, { seller, rule, programme }: Bill, { payer, fee }: ToBill): Draft {
  const terms = rule ?? NO_FEE;
  return {
    kind, seller, cites: null, currency: 'EUR', programmeName: programme.name, orderReference: order.reference,
    buyer: { name: payer.name, siren: payer.siren, siret: payer.siret, vatNumber: payer.billing.vatNumber, address: payer.billing.address },
    payTo: { ...programme.creditor, reference: payer.reference },
    voucherCount: order.count, voucherCents: Number(order.face), orderCents: Number(order.total), ...payer.given,
    ...billed(order, payer.share, fee),
    feeBasisPoints: terms.feeBasisPoints, vatBasisPoints: terms.vatBasisPoints, vatRegime: terms.vatRegime,
    vatProvision: terms.vatProvision,
  };
}

const shown = ({ invoiceId, content }: Issued, { payer }: ToBill): IssuedDocument => ({
  invoiceId, number: content.number, payerId: payer.payerId, faceCents: content.faceCents, feeCents: content.feeCents,
  vatCents: content.vatCents, totalCents: totalCents(content), currency: 'EUR',
});
