import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import {
  AMOUNT_CENTS_MAX, Api, Caller, idIn, idOut, idText, Meta, pageAnswer, pageOf, pageQuery, parse, Problem, textIn, type HttpMeta, type Page,
} from '#libs/http';
import { cents, isRejected, sum, toWire, type Rejected } from '#libs/kernel';
import { payerOf } from '../caller.js';
import { LANGUAGES } from '../factur-x/invoice-words.js';
import { placeOf } from '../id-cursor.js';
import { CreditInvoice, type IssuedCreditNote } from './credit-invoice.command.js';
import { CREDIT_REASONS, INVOICE_KINDS } from './invoice-content.decision.js';
import type { InvoiceView } from './invoice-view.store.js';
import { ListInvoices, ShowInvoice, ShowInvoicePdf, ShowInvoiceXml, type InvoiceBytes } from './show-invoices.query.js';

const WHO = ['payer', 'operator', 'approver', 'auditor'] as const;
const money = { faceCents: z.int(), feeCents: z.int(), vatCents: z.int() };
const shown = z.strictObject({
  invoiceId: idText('invoice'), kind: z.enum(INVOICE_KINDS), number: z.string(), issuedOn: z.string(),
  dueOn: z.string().nullable().describe('of a quote: the last day on which it binds'),
  orderId: idText('order'), payerId: idText('payer'), payerName: z.string(), ...money, totalCents: z.int(),
  creditedCents: z.int().describe('what credit notes took back'), currency: z.literal('EUR'),
  citesId: idText('invoice').nullable().describe('of a credit note: the invoice that it corrects'), reason: z.enum(CREDIT_REASONS).nullable(),
  pdfSha256: z.string(), xmlSha256: z.string().nullable(), deliveredAt: z.iso.datetime().nullable(),
});
const query = pageQuery.extend({
  payerId: idIn('payer').optional(), orderId: idIn('order').optional(), number: textIn(40).optional(), kind: z.enum(INVOICE_KINDS).optional(),
});
const pdfQuery = z.strictObject({ language: z.enum(LANGUAGES).default('fr') });
const creditedIn = z.int().min(0).max(AMOUNT_CENTS_MAX).transform(cents).optional();
const creditBody = z.strictObject({
  faceCents: creditedIn.describe('of the face value; all that is left of it when absent'),
  feeCents: creditedIn.describe('of the fee without VAT, which follows it; all that is left when absent, 0 where fees are not returned'),
  reason: z.enum(CREDIT_REASONS),
});
const creditNote = z.strictObject({
  invoiceId: idText('invoice').describe('of the credit note'), number: z.string(), ...money,
  coveredCents: z.int().describe('of fee and VAT, what had been paid: it is cover of the payer now'), currency: z.literal('EUR'),
});

@Controller('issuance/invoices')
export class InvoicesController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Get()
  @Api({ summary: 'Quotes, invoices and credit notes, newest first: a payer\'s own, or all', who: WHO, keyScope: 'orders.read', query, answer: pageAnswer(shown) })
  async list(@Query() asked: unknown, @Caller() caller: Principal): Promise<Page<z.output<typeof shown>>> {
    const { limit, cursor, payerId = null, orderId = null, number = null, kind = null } = parse(query, asked);
    const own = payerOf(caller);
    const rows = own !== null && payerId !== null && payerId !== own ? [] : await this.queries.execute(new ListInvoices({
      payerId: own ?? payerId, orderId, number, kind, before: placeOf('invoice', cursor), rowsMax: limit + 1,
    }));
    return pageOf(rows, limit, ({ invoiceId }) => [invoiceId], show);
  }

  @Get(':id')
  @Api({ summary: 'One quote, invoice or credit note', who: WHO, keyScope: 'orders.read', answer: shown, refusals: ['invoice_not_found'] })
  async one(@Param('id') id: string, @Caller() caller: Principal): Promise<z.output<typeof shown>> {
    return show(accepted(await this.queries.execute(new ShowInvoice(parse(idIn('invoice'), id), payerOf(caller)))));
  }

  @Get(':id/pdf')
  @Header('x-content-type-options', 'nosniff')
  @Api({ summary: 'The document as it left (PDF/A-3; of an invoice or credit note Factur-X), or a translation to read', who: WHO, keyScope: 'orders.read', query: pdfQuery, refusals: ['invoice_not_found'] })
  async pdf(@Param('id') id: string, @Query() asked: unknown, @Caller() caller: Principal): Promise<StreamableFile> {
    const { language } = parse(pdfQuery, asked);
    return file(await this.queries.execute(new ShowInvoicePdf(parse(idIn('invoice'), id), payerOf(caller), language)), 'application/pdf');
  }

  @Get(':id/xml')
  @Header('x-content-type-options', 'nosniff')
  @Api({ summary: 'The XML of an invoice or credit note (CII, EN 16931), as it is in its PDF', who: WHO, keyScope: 'orders.read', refusals: ['invoice_not_found'] })
  async xml(@Param('id') id: string, @Caller() caller: Principal): Promise<StreamableFile> {
    return file(await this.queries.execute(new ShowInvoiceXml(parse(idIn('invoice'), id), payerOf(caller))), 'application/xml; charset=utf-8');
  }

  @Post(':id/credit-notes')
  @HttpCode(201)
  @Api({
    summary: 'Correct an invoice by a credit note, whole or in part; the invoice itself never changes', who: ['operator'], body: creditBody,
    answer: creditNote, status: 201, refusals: ['invoice_not_found', 'invoice_not_creditable', 'credit_exceeds_invoice', 'nothing_to_credit'],
  })
  async credit(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof creditNote>> {
    const { faceCents: face = null, feeCents: fee = null, reason } = parse(creditBody, asked);
    const outcome = accepted<IssuedCreditNote>(await this.commands.execute(new CreditInvoice({ invoiceId: parse(idIn('invoice'), id), face, fee, reason }, meta)));
    return { ...outcome, invoiceId: idOut('invoice', outcome.invoiceId) };
  }
}

function accepted<T>(outcome: T | Rejected): T {
  if (isRejected(outcome)) throw new Problem(outcome);
  return outcome as T;
}

function file(outcome: InvoiceBytes | Rejected, type: string): StreamableFile {
  const { name, bytes } = accepted<InvoiceBytes>(outcome);
  return new StreamableFile(bytes, { type, disposition: `attachment; filename="${name}"`, length: bytes.length });
}

const show = ({
  invoiceId, orderId, payerId, citesId, face, fee, vat, credited, deliveredAt, deliveredTo: _, reason, ...rest
}: InvoiceView): z.output<typeof shown> => ({
  ...rest, invoiceId: idOut('invoice', invoiceId), orderId: idOut('order', orderId), payerId: idOut('payer', payerId), currency: 'EUR',
  citesId: citesId && idOut('invoice', citesId), reason: reason as z.output<typeof shown>['reason'], faceCents: toWire(face), feeCents: toWire(fee),
  vatCents: toWire(vat), totalCents: toWire(sum([face, fee, vat])), creditedCents: toWire(credited),
  deliveredAt: deliveredAt?.toISOString() ?? null,
});
