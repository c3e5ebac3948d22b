// A statement on paper: each line with the redemption that it pays, then the fees under each version of their rule with its
// rates, and what the closing held back and why. What becomes of its payment is not on it, so that it is the same for ever.
import { setImmediate } from 'node:timers/promises';
import { cents, localDate, minus, showId, sum } from '#libs/kernel';
import { leaving, mm, newDocument, nextPage, write } from '#libs/pdf';
import { BANK_TIME_ZONE, PDF_ROWS_PER_TURN } from '../limits.js';
import type { Shares } from '../statement-closings/statement.decision.js';
import { day, euros, instant, localeOf, percent, WORDS, type Language } from './statement-words.js';
import type { ShownStatement } from './statements.queries.js';

const [LEFT, TOP, WIDTH, LAST_LINE, ROW_HEIGHT] = [12, 14, 186, 276, 4.6];
const WIDTHS = [9, 62, 20, 13, 18, 16, 14, 15, 19];
/** From this column on, figures stand at the right. */
const FIRST_FIGURE = 4;

type Page = { readonly document: PDFKit.PDFDocument; readonly language: Language; y: number; number: number };
type Row = Readonly<{ cells: readonly string[]; font?: 'bold' | 'plain' }>;

/** The same statement gives the same bytes, however often it is asked for. That of a large payee takes seconds: others get their turn. */
export async function statementPdf(statement: ShownStatement, language: Language): Promise<Buffer> {
  const words = WORDS[language];
  const id = showId('statement', statement.id);
  const document = newDocument({ title: `${words.title} ${statement.period}, ${id}`, language: localeOf(language), at: statement.closedAt });
  const page: Page = { document, language, y: 0, number: 0 };
  begin(page);
  drawHead(page, statement, id);
  drawRow(page, { cells: words.columns, font: 'bold' });
  for (const [at, line] of statement.lines.entries()) {
    if (at % PDF_ROWS_PER_TURN === 0) await setImmediate();
    const cells = [String(at + 1), showId('redemption', line.redemptionId), day(language, localDate(line.serviceDate)), String(line.feeRuleVersion)];
    drawRow(page, { cells: [...cells, ...figures(language, line)] }, words.columns);
  }
  drawRow(page, { cells: ['', words.total, '', '', ...figures(language, statement)], font: 'bold' }, words.columns);
  drawSetOffs(page, statement);
  drawFees(page, statement);
  drawHeld(page, statement);
  line(page, `${words.digest} ${statement.sha256}`, 7.5);
  document.end();
  return Buffer.concat([...leaving(document)]);
}

const figures = (language: Language, { gross, fee, vat, commons, net }: Shares): string[] =>
  [gross, fee, vat, commons, net].map((amount) => euros(language, amount));

function begin(page: Page): void {
  nextPage(page.document);
  page.number += 1;
  page.y = TOP;
  const { x, y, width, size, font, align } = { x: LEFT, y: 286, width: WIDTH, size: 7.5, font: 'plain', align: 'right' } as const;
  write(page.document, WORDS[page.language].page(page.number), { x, y, width, size, font, align });
}

function drawHead(page: Page, statement: ShownStatement, id: string): void {
  const { document, language } = page;
  const words = WORDS[language];
  write(document, words.title, { x: LEFT, y: page.y, width: WIDTH, size: 18, font: 'bold' });
  page.y += 10;
  const facts = [
    [words.payee, statement.legalName ?? words.unknown], [words.period, statement.period], [words.statement, id],
    [words.closed, instant(language, statement.closedAt, BANK_TIME_ZONE)], [words.reference, words.referenceOf(statement.id)],
  ] as const;
  for (const [name, fact] of facts) {
    write(document, name, { x: LEFT, y: page.y, width: 40, size: 9, font: 'bold' });
    write(document, fact, { x: LEFT + 40, y: page.y, width: WIDTH - 40, size: 9, font: 'plain' });
    page.y += 5.5;
  }
  page.y += 4;
}

/** Within a page that is full, the columns are named again on the next. */
function drawRow(page: Page, { cells, font = 'plain' }: Row, columns?: readonly string[]): void {
  if (page.y > LAST_LINE) {
    begin(page);
    if (columns) drawRow(page, { cells: columns, font: 'bold' });
  }
  let x = LEFT;
  cells.forEach((cell, at) => {
    write(page.document, cell, { x, y: page.y, width: WIDTHS[at]! - 1, size: 7.5, font, align: at < FIRST_FIGURE ? 'left' : 'right' });
    x += WIDTHS[at]!;
  });
  page.y += ROW_HEIGHT;
  page.document.lineWidth(0.2).strokeColor('#bbbbbb').moveTo(mm(LEFT), mm(page.y - 1)).lineTo(mm(LEFT + WIDTH), mm(page.y - 1)).stroke();
}

function line(page: Page, text: string, size = 9, font: 'bold' | 'plain' = 'plain'): void {
  if (page.y > LAST_LINE) begin(page);
  write(page.document, text, { x: LEFT, y: page.y, width: WIDTH, size, font });
  page.y += ROW_HEIGHT + 1;
}

/** As its closing set it off; what was set off later is not on paper. */
function drawSetOffs(page: Page, { setOffs, net }: ShownStatement): void {
  if (setOffs.length === 0) return;
  const { language } = page;
  page.y += 2;
  for (const { placeInvoiceId, earlyPaymentId, number, amount } of setOffs) {
    const word = earlyPaymentId !== null ? 'paidEarly' : placeInvoiceId === null ? 'setOff' : 'invoiceSetOff';
    line(page, WORDS[language][word](number, euros(language, cents(-amount))));
  }
  line(page, WORDS[language].toPay(euros(language, minus(net, sum(setOffs.map(({ amount }) => amount))))), 9, 'bold');
}

function drawFees(page: Page, { fees, nettingVersion, billedFee, billedVat }: ShownStatement): void {
  const { language } = page;
  const words = WORDS[language];
  page.y += 4;
  line(page, words.fees, 10, 'bold');
  drawRow(page, { cells: words.feeColumns, font: 'bold' });
  for (const { programmeId, feeRuleVersion, lineCount, rates, ...fee } of fees) {
    const cells = ['', showId('programme', programmeId), String(lineCount), String(feeRuleVersion), ...figures(language, fee)];
    drawRow(page, { cells }, words.feeColumns);
    const { feeBasisPoints, vatBasisPoints, commonsBasisPoints } = rates;
    const shown = (rate: number) => percent(language, rate);
    line(page, words.rates(shown(feeBasisPoints), shown(vatBasisPoints), shown(commonsBasisPoints)), 7.5);
  }
  if (nettingVersion !== null) line(page, words.netted(nettingVersion), 7.5);
  if (billedFee !== 0n || billedVat !== 0n) line(page, words.billed(euros(language, billedFee), euros(language, billedVat)), 7.5);
}

function drawHeld(page: Page, { holds }: ShownStatement): void {
  const { language } = page;
  const words = WORDS[language];
  page.y += 4;
  line(page, holds.length > 0 ? words.held : words.nothingHeld, 10, holds.length > 0 ? 'bold' : 'plain');
  for (const { reason, lineCount, gross } of holds) line(page, `${words.reasons[reason]}, ${words.heldLines(lineCount, euros(language, gross))}`);
  page.y += 4;
}
