// An invoice to a place on paper, drawn from its text alone: who invoices whom, the lines, the VAT by rate, and how it is paid, with
// its XML inside (Factur-X). The same text gives the same bytes. Measures are in millimetres.
import { attachFacturX } from '#libs/factur-x';
import { cents, showId } from '#libs/kernel';
import { leaving, mm, newDocument, nextPage, write } from '#libs/pdf';
import { euros, localeOf, percent, day, type Language } from '../statements/statement-words.js';
import { vatByRate, type PlaceInvoiceContent, type PlaceInvoiceLine, type Seller } from './place-invoice-content.decision.js';
import { wordsFor, type PlaceInvoiceWords } from './place-invoice-words.js';

const [LEFT, TOP, WIDTH, LAST_LINE] = [16, 16, 178, 268];
const WIDTHS = [78, 24, 16, 22, 14, 24];

type Page = {
  readonly document: PDFKit.PDFDocument; readonly words: PlaceInvoiceWords; readonly language: Language; y: number; number: number;
};
type Style = Readonly<{ size?: number; font?: 'bold' | 'plain'; x?: number; width?: number; lines?: number }>;

/** Null XML for a translation, which is no invoice. */
export function placeInvoicePdf(content: PlaceInvoiceContent, sha256: string, xml: string | null, language: Language): Buffer {
  const words = wordsFor(language);
  const at = new Date(`${content.issuedOn}T00:00:00Z`);
  const document = newDocument({ title: words.title(content), language: localeOf(language), at, archived: true });
  const page: Page = { document, words, language, y: TOP, number: 0 };
  begin(page);
  drawParties(page, content);
  drawFacts(page, content);
  const [, ...figures] = words.columns;
  row(page, content.statement === null ? [words.chargeColumn, ...figures] : words.columns, 'bold');
  for (const each of content.lines) row(page, cellsOf(page, each), 'plain');
  drawTotals(page, content);
  line(page, words.payment(content), { font: 'bold', lines: 3 });
  for (const text of [words.cites(content), content.lines.some(({ vatBasisPoints }) => vatBasisPoints === 0) ? words.exempt : '']) {
    if (text !== '') line(page, text, { lines: 3 });
  }
  line(page, Object.values(words.legal).join(' '), { size: 7.5, lines: 3 });
  line(page, words.sellerLine(content.seller), { size: 7.5, lines: 2 });
  line(page, `${words.digest} ${sha256}`, { size: 7.5 });
  if (xml !== null) attachFacturX(document, xml, at);
  document.end();
  return Buffer.concat([...leaving(document)]);
}

function begin(page: Page): void {
  nextPage(page.document);
  page.number += 1;
  page.y = TOP;
  write(page.document, page.words.page(page.number), { x: LEFT, y: 284, width: WIDTH, size: 7.5, font: 'plain', align: 'right' });
}

/** A text, and the place below it, as many lines as it may take. */
function line(page: Page, text: string, { size = 9, font = 'plain', x = LEFT, width = WIDTH, lines = 1 }: Style = {}): void {
  if (page.y + lines * size * 0.45 > LAST_LINE) begin(page);
  write(page.document, text, { x, y: page.y, width, size, font, lines });
  const height = page.document.font(font).fontSize(size).heightOfString(text, { width: mm(width) }) / mm(1);
  page.y += Math.min(height, lines * size * 0.45) + 1.4;
}

const addressLines = ({ street, streetMore, postalCode, city, country }: Seller['address']): string[] =>
  [street, ...(streetMore === null ? [] : [streetMore]), `${postalCode} ${city}`, ...(country === 'FR' ? [] : [country])];

function drawParties(page: Page, content: PlaceInvoiceContent): void {
  const { seller, buyer } = content;
  line(page, seller.name, { font: 'bold', width: 90 });
  for (const text of [seller.legalForm, ...addressLines(seller.address), `SIREN ${seller.siren}`, `TVA ${seller.vatNumber}`]) line(page, text, { width: 90 });
  const right = { x: 110, width: 84 };
  page.y += 4;
  line(page, page.words.buyer, { ...right, size: 7.5 });
  line(page, buyer.name, { ...right, font: 'bold', lines: 2 });
  line(page, buyer.address, { ...right, lines: 4 });
  line(page, `SIREN ${buyer.siren}`, right);
  if (buyer.vatNumber !== null) line(page, `TVA ${buyer.vatNumber}`, right);
  page.y += 6;
  line(page, page.words.title(content), { size: 16, font: 'bold' });
  page.y += 2;
  if (page.words.copy !== null) line(page, page.words.copy, { font: 'bold' });
}

function drawFacts(page: Page, { issuedOn, period, statement }: PlaceInvoiceContent): void {
  const { words, language } = page;
  const about = statement === null ? [[words.year, period]] as const : [[words.period, period], [words.statement, showId('statement', statement)]] as const;
  const facts = [[words.issued, day(language, issuedOn)] as const, ...about, [words.nature, words.service] as const];
  for (const [name, fact] of facts) {
    write(page.document, name, { x: LEFT, y: page.y, width: 46, size: 9, font: 'bold' });
    line(page, fact, { x: LEFT + 46, width: WIDTH - 46 });
  }
  page.y += 4;
}

const money = (page: Page, amountCents: number): string => euros(page.language, cents(amountCents));

const cellsOf = (page: Page, each: PlaceInvoiceLine): string[] => [
  page.words.lineLabel(each), ...('chargeYear' in each ? ['', ''] : [money(page, each.grossCents), percent(page.language, each.feeBasisPoints)]), money(page, each.feeCents),
  percent(page.language, each.vatBasisPoints), money(page, each.vatCents),
];

function row(page: Page, cells: readonly string[], font: 'bold' | 'plain'): void {
  if (page.y > LAST_LINE) begin(page);
  let x = LEFT;
  cells.forEach((cell, at) => {
    write(page.document, cell, { x, y: page.y, width: WIDTHS[at]! - 1, size: 8, font, lines: 2, align: at === 0 ? 'left' : 'right' });
    x += WIDTHS[at]!;
  });
  page.y += 8.4;
  page.document.lineWidth(0.2).strokeColor('#bbbbbb').moveTo(mm(LEFT), mm(page.y - 1)).lineTo(mm(LEFT + WIDTH), mm(page.y - 1)).stroke();
}

function drawTotals(page: Page, content: PlaceInvoiceContent): void {
  const { words, language } = page;
  const sums: (readonly [string, string])[] = [
    [words.net, money(page, content.feeCents)],
    ...vatByRate(content).map(({ vatBasisPoints, feeCents, vatCents }) =>
      [words.vatOf(percent(language, vatBasisPoints), money(page, feeCents)), money(page, vatCents)] as const),
    [words.total, money(page, content.totalCents)],
    content.kind === 'invoice' ? [words.toPay, money(page, content.payment === 'netted' ? 0 : content.totalCents)] : [words.credited, money(page, content.totalCents)],
  ];
  page.y += 2;
  for (const [at, [name, amount]] of sums.entries()) {
    if (page.y > LAST_LINE) begin(page);
    const font = at === sums.length - 1 ? 'bold' : 'plain';
    write(page.document, name, { x: 104, y: page.y, width: 60, size: 9, font });
    write(page.document, amount, { x: 164, y: page.y, width: 30, size: 9, font, align: 'right' });
    page.y += 5.2;
  }
  page.y += 3;
}
