import { Controller, Get, Header, Param, Query, StreamableFile } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { PLACE_INVOICE_KINDS } from '#libs/contracts';
import { Api, Caller, idIn, idOut, idText, pageAnswer, pageOf, pageQuery, parse, Problem, readCursor } from '#libs/http';
import { idOf, reject, toWire } from '#libs/kernel';
import { PREVIEW_MAX } from '../limits.js';
import { readerOf } from '../reader.js';
import { LANGUAGES } from '../statements/statement-words.js';
import type { PlaceInvoiceContent } from './place-invoice-content.decision.js';
import { placeInvoicePdf } from './place-invoice-pdf.js';
import { placeInvoiceXml } from './place-invoice-xml.js';
import { ListPlaceInvoices, ListWaitingPayees, ShowPlaceInvoice, type ListedPlaceInvoice } from './place-invoices.queries.js';

const WHO = ['operator', 'approver', 'auditor', 'manager', 'till'] as const;
const query = pageQuery.extend({
  payeeId: idIn('payee').optional(), statementId: idIn('statement').optional(), kind: z.enum(PLACE_INVOICE_KINDS).optional(),
  number: z.string().regex(/^[A-Z]{2}-\d{4}-\d{6,7}$/, 'expected a number like FL-2026-000123').optional(),
});
const cursorPosition = z.tuple([z.uuid().transform((uuid) => idOf('placeInvoice', uuid))]);
const param = z.strictObject({ placeInvoiceId: idIn('placeInvoice') });
const pdfQuery = z.strictObject({ language: z.enum(LANGUAGES).default('fr').describe('`en` is a translation to read') });

const listed = z.strictObject({
  placeInvoiceId: idText('placeInvoice'), kind: z.enum(PLACE_INVOICE_KINDS), number: z.string(), issuedOn: z.string(), payeeId: idText('payee'),
  payeeName: z.string(), statementId: idText('statement').nullable(), chargeId: idText('placeCharge').nullable().describe('of the charge of a year'),
  period: z.string(), feeCents: z.int(), vatCents: z.int(), totalCents: z.int(), currency: z.literal('EUR'), sha256: z.string(),
  payment: z.enum(['netted', 'apart', 'set_off']).describe('kept of its statement; to be paid; or taken of statements to come'),
  reference: z.string().nullable().describe('to be written on the transfer'),
  paidCents: z.int(), setOffCents: z.int(), creditedCents: z.int(),
  leftCents: z.int().describe('still open; of a credit note, what no invoice was owed less by yet'),
});
const shown = listed.extend({ content: z.string().describe('the text that sha256 is taken of, and that the PDF is drawn from') });
const waiting = z.strictObject({
  items: z.array(z.strictObject({
    payeeId: idText('payee'), legalName: z.string().nullable(), missing: z.enum(['legal_body', 'address']), statements: z.int(),
    feeCents: z.int(), vatCents: z.int(), currency: z.literal('EUR'),
  })),
});

@Controller('settlement/place-invoices')
export class PlaceInvoicesController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({
    summary: 'Invoices and credit notes to places for fees and yearly charges, with what is open of each, newest first; a place sees those of its own payee',
    who: WHO, query, answer: pageAnswer(listed),
  })
  async list(@Query() asked: unknown, @Caller() caller: Principal) {
    const { limit, cursor, payeeId = null, statementId = null, kind = null, number = null } = parse(query, asked);
    const [before] = cursor ? readCursor(cursorPosition, cursor) : [null];
    const page = { payeeId, statementId, kind, number, before, rowsMax: limit + 1 };
    const rows = await this.queries.execute(new ListPlaceInvoices(readerOf(caller), page));
    return pageOf(rows, limit, ({ id }) => [id], show);
  }

  @Get('waiting')
  @Api({
    summary: 'Payees of which statements or charges wait for an invoice, and what is not known of them that it has to say', who: ['operator', 'auditor'], answer: waiting,
  })
  async waiting(): Promise<z.output<typeof waiting>> {
    const rows = await this.queries.execute(new ListWaitingPayees(PREVIEW_MAX));
    return {
      items: rows.map(({ payeeId, fee, vat, ...row }) =>
        ({ ...row, payeeId: idOut('payee', payeeId), feeCents: toWire(fee), vatCents: toWire(vat), currency: 'EUR' })),
    };
  }

  @Get(':placeInvoiceId')
  @Api({ summary: 'One invoice or credit note to a place', who: WHO, answer: shown, refusals: ['place_invoice_unknown'] })
  async one(@Param() asked: unknown, @Caller() caller: Principal): Promise<z.output<typeof shown>> {
    const invoice = await this.read(asked, caller);
    return { ...show(invoice), content: invoice.content };
  }

  @Get(':placeInvoiceId/pdf')
  @Header('x-content-type-options', 'nosniff')
  @Api({ summary: 'The document on paper, PDF/A-3 with its XML inside (Factur-X) in French; the same bytes however often it is asked for', who: WHO, query: pdfQuery, refusals: ['place_invoice_unknown'] })
  async pdf(@Param() asked: unknown, @Query() as: unknown, @Caller() caller: Principal): Promise<StreamableFile> {
    const { language } = parse(pdfQuery, as);
    const { content, sha256, number } = await this.read(asked, caller);
    const said = JSON.parse(content) as PlaceInvoiceContent;
    const bytes = placeInvoicePdf(said, sha256, language === 'fr' ? placeInvoiceXml(said) : null, language);
    return new StreamableFile(bytes, { type: 'application/pdf', disposition: `attachment; filename="${number}.pdf"`, length: bytes.length });
  }

  @Get(':placeInvoiceId/xml')
  @Header('x-content-type-options', 'nosniff')
  @Api({ summary: 'The document as machines read it: Factur-X of the profile EN 16931', who: WHO, refusals: ['place_invoice_unknown'] })
  async xml(@Param() asked: unknown, @Caller() caller: Principal): Promise<StreamableFile> {
    const { content, number } = await this.read(asked, caller);
    const bytes = Buffer.from(placeInvoiceXml(JSON.parse(content) as PlaceInvoiceContent));
    return new StreamableFile(bytes, { type: 'application/xml', disposition: `attachment; filename="${number}.xml"`, length: bytes.length });
  }

  private async read(asked: unknown, caller: Principal): Promise<ListedPlaceInvoice> {
    const found = await this.queries.execute(new ShowPlaceInvoice(readerOf(caller), parse(param, asked).placeInvoiceId));
    if (!found) throw new Problem(reject('place_invoice_unknown'));
    return found;
  }
}

const show = (
  { id, payeeId, statementId, chargeId, fee, vat, paid, setOff, credited, left, content: _, ...rest }: ListedPlaceInvoice,
): z.output<typeof listed> => ({
  ...rest, placeInvoiceId: idOut('placeInvoice', id), payeeId: idOut('payee', payeeId), statementId: statementId && idOut('statement', statementId),
  chargeId: chargeId && idOut('placeCharge', chargeId), paidCents: toWire(paid), setOffCents: toWire(setOff), creditedCents: toWire(credited),
  leftCents: toWire(left),
  feeCents: toWire(fee), vatCents: toWire(vat), totalCents: toWire(fee) + toWire(vat), currency: 'EUR',
});
