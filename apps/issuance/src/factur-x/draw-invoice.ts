// One A4 page (a second where names are long): who invoices whom, the lines, the VAT by rate, what is to be paid and how,
// and what the law wants said. Measures are in points from the upper left corner.
import { totalCents, type Address, type InvoiceContent, type InvoiceLine } from '../invoices/invoice-content.decision.js';
import type { InvoiceWords } from './invoice-words.js';

type Document = PDFKit.PDFDocument;
type Font = 'plain' | 'bold';
type Style = Readonly<{ size?: number; font?: Font; align?: 'left' | 'right'; width?: number }>;

const [LEFT, RIGHT, TOP, BOTTOM] = [48, 547, 48, 770];
const WIDTH = RIGHT - LEFT;
/** Left edge and width of each column. */
const COLUMNS = { label: [LEFT, 236], quantity: [288, 52], unit: [344, 76], net: [424, 76], vat: [504, 43] } as const;

export function drawInvoice(document: Document, content: InvoiceContent, words: InvoiceWords): void {
  let y = drawParties(document, content, words);
  y = drawFacts(document, content, words, y + 18);
  y = drawLines(document, content, words, y + 18);
  y = drawTotals(document, content, words, y + 10);
  y = drawPayment(document, content, words, y + 22);
  drawLegal(document, content, words, y + 18);
  numberPages(document, content, words);
}

function drawParties(document: Document, { seller, buyer, ...content }: InvoiceContent, words: InvoiceWords): number {
  const left = block(document, [seller.name, ...addressLines(seller.address), `SIREN ${seller.siren}`, `TVA ${seller.vatNumber}`], LEFT, TOP);
  const identity = buyer.siret === null ? `SIREN ${buyer.siren}` : `SIRET ${buyer.siret}`;
  const vat = buyer.vatNumber === null ? [] : [`TVA ${buyer.vatNumber}`];
  write(document, words.buyer, 310, TOP + 62, { size: 8 });
  const right = block(document, [buyer.name, ...addressLines(buyer.address), identity, ...vat], 310, TOP + 74);
  const title = Math.max(left, right) + 24;
  return write(document, words.title({ seller, buyer, ...content }), LEFT, title, { size: 18, font: 'bold', width: WIDTH });
}

const addressLines = ({ street, streetMore, postalCode, city, country }: Address): string[] =>
  [street, ...(streetMore === null ? [] : [streetMore]), `${postalCode} ${city}`, ...(country === 'FR' ? [] : [country])];

function block(document: Document, lines: readonly string[], x: number, from: number): number {
  return lines.reduce((y, line, at) => write(document, line, x, y, { font: at === 0 ? 'bold' : 'plain', width: 237 }), from);
}

function drawFacts(document: Document, content: InvoiceContent, words: InvoiceWords, from: number): number {
  const { kind, issuedOn, dueOn, programmeName, orderReference, serviceCode, engagementNumber } = content;
  const facts: readonly (readonly [string, string | null])[] = [
    [words.issued, words.day(issuedOn)],
    [kind === 'quote' ? words.bindsUntil : words.due, dueOn && words.day(dueOn)],
    [words.programme, programmeName], [words.order, orderReference], [words.service, serviceCode], [words.engagement, engagementNumber],
  ];
  let y = words.copy === null ? from : write(document, words.copy, LEFT, from, { font: 'bold', width: WIDTH }) + 4;
  if (content.cites) y = write(document, words.creditReason(content), LEFT, y, { font: 'bold', width: WIDTH }) + 4;
  for (const [name, value] of facts) {
    if (value === null) continue;
    write(document, name, LEFT, y, { width: 150 });
    y = write(document, value, LEFT + 156, y, { width: WIDTH - 156 });
  }
  return y;
}

function drawLines(document: Document, content: InvoiceContent, words: InvoiceWords, from: number): number {
  let y = row(document, from, { ...words.columns }, 'bold');
  rule(document, y + 1);
  y += 5;
  for (const line of content.lines) y = row(document, roomFor(document, y, 40), cells(content, line, words), 'plain') + 2;
  rule(document, y + 1);
  return y + 4;
}

function cells(content: InvoiceContent, line: InvoiceLine, words: InvoiceWords): Record<keyof typeof COLUMNS, string> {
  const taxed = line.kind !== 'face' && content.vatBasisPoints > 0;
  return {
    label: words.lineLabel(content, line), quantity: String(line.quantity), unit: words.money(line.unitCents),
    net: words.money(line.netCents),
    vat: taxed ? words.percent(content.vatBasisPoints) : words.noVat,
  };
}

function row(document: Document, y: number, texts: Record<keyof typeof COLUMNS, string>, font: Font): number {
  const ends = Object.entries(COLUMNS).map(([name, [x, width]]) =>
    write(document, texts[name as keyof typeof COLUMNS], x, y, { font, width, align: name === 'label' ? 'left' : 'right' }));
  return Math.max(...ends);
}

function drawTotals(document: Document, content: InvoiceContent, words: InvoiceWords, from: number): number {
  const { kind, faceCents, feeCents, vatCents, vatBasisPoints } = content;
  const total = totalCents(content);
  const vat = vatBasisPoints > 0 ? `${words.totals.vat} ${words.percent(vatBasisPoints)} (${words.money(feeCents)})` : words.totals.vat;
  const last = kind === 'credit_note' ? words.totals.credited : words.totals.toPay;
  const sums: readonly (readonly [string, number, Font])[] = [
    [words.totals.net, faceCents + feeCents, 'plain'], [vat, vatCents, 'plain'], [words.totals.total, total, 'plain'], [last, total, 'bold'],
  ];
  let y = roomFor(document, from, 80);
  for (const [name, cents, font] of sums) {
    write(document, name, 300, y, { font, width: 150 });
    y = write(document, words.money(cents), 424, y, { font, width: 123, align: 'right' });
  }
  return write(document, words.exemption(content), LEFT, y + 6, { size: 8, width: WIDTH });
}

function drawPayment(document: Document, { kind, payTo }: InvoiceContent, words: InvoiceWords, from: number): number {
  if (kind !== 'invoice' || payTo.reference === null) return from;
  const bic = payTo.bic === null ? '' : ` - BIC ${payTo.bic}`;
  let y = roomFor(document, from, 60);
  y = write(document, `${words.pay} IBAN ${payTo.iban.replace(/(.{4})(?=.)/g, '$1 ')}${bic}`, LEFT, y, { font: 'bold', width: WIDTH });
  y = write(document, `${words.holder} : ${payTo.name}`, LEFT, y, { width: WIDTH });
  return write(document, `${words.reference} : ${payTo.reference}`, LEFT, y, { font: 'bold', width: WIDTH });
}

function drawLegal(document: Document, { kind }: InvoiceContent, { legal }: InvoiceWords, from: number): void {
  if (kind !== 'invoice') return;
  let y = roomFor(document, from, 60);
  for (const text of [legal.penalties, legal.indemnity, legal.discount]) y = write(document, text, LEFT, y, { size: 7.5, width: WIDTH });
}

function numberPages(document: Document, { seller }: InvoiceContent, words: InvoiceWords): void {
  const { start, count } = document.bufferedPageRange();
  for (let at = 0; at < count; at += 1) {
    document.switchToPage(start + at);
    write(document, words.sellerLine(seller), LEFT, BOTTOM + 14, { size: 7, width: WIDTH - 80 });
    write(document, words.page(at + 1, count), RIGHT - 76, BOTTOM + 14, { size: 7, width: 76, align: 'right' });
  }
}

/** The same height where it is free on this page, else the top of the next. */
function roomFor(document: Document, y: number, height: number): number {
  if (y + height <= BOTTOM) return y;
  document.addPage();
  return TOP;
}

function rule(document: Document, y: number): void {
  document.lineWidth(0.5).strokeColor('#777777').moveTo(LEFT, y).lineTo(RIGHT, y).stroke();
}

/** Where the next line begins. */
function write(document: Document, text: string, x: number, y: number, { size = 9, font = 'plain', align = 'left', width = 240 }: Style): number {
  document.font(font).fontSize(size).fillColor('#000000').text(text, x, y, { width, align });
  return document.y + 1;
}
