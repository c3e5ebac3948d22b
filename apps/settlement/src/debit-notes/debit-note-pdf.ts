// A debit note on paper: who asks whom for how much, why, line by line, how to pay it and how to disagree. What was paid of it since is
// not on it, so that it is the same for ever: it is drawn from the text that its digest is taken of.
import { setImmediate } from 'node:timers/promises';
import { printReference } from '#libs/contracts';
import { localDate, showId, type Cents } from '#libs/kernel';
import { leaving, mm, newDocument, nextPage, write } from '#libs/pdf';
import { PDF_ROWS_PER_TURN } from '../limits.js';
import type { Shares } from '../statement-closings/statement.decision.js';
import { day, euros, localeOf, type Language } from '../statements/statement-words.js';
import type { NoteText } from './debit-note-content.js';
import { NOTE_WORDS } from './debit-note-words.js';
import type { ShownNote } from './debit-notes.queries.js';

const [LEFT, TOP, WIDTH, LAST_LINE, ROW_HEIGHT] = [12, 14, 186, 276, 4.6];
const WIDTHS = [9, 76, 20, 18, 16, 14, 15, 18];
const FIRST_FIGURE = 3;

type Page = { readonly document: PDFKit.PDFDocument; readonly language: Language; y: number; number: number };
const inFours = (iban: string): string => iban.replace(/(.{4})(?=.)/g, '$1 ');

export async function debitNotePdf(note: ShownNote, language: Language): Promise<Buffer> {
  const words = NOTE_WORDS[language];
  const text = JSON.parse(note.content) as NoteText;
  const document = newDocument({ title: `${words.title} ${text.number}`, language: localeOf(language), at: new Date(text.issuedAt) });
  const page: Page = { document, language, y: 0, number: 0 };
  begin(page);
  drawHead(page, text, note.amount);
  paragraph(page, words.why(day(language, localDate(text.negativeSince))));
  drawRow(page, words.columns, 'bold');
  for (const [at, line] of note.lines.entries()) {
    if (at % PDF_ROWS_PER_TURN === 0) await setImmediate();
    const named = `${line.incidentId ? `${words.correction} ` : ''}${showId('redemption', line.redemptionId)}`;
    drawRow(page, [String(at + 1), named, day(language, localDate(line.serviceDate)), ...figures(language, line)], 'plain', words.columns);
  }
  drawRow(page, ['', words.total, '', ...figures(language, note.total)], 'bold', words.columns);
  drawAdvice(page, text);
  paragraph(page, `${words.digest} ${note.sha256}`, 7.5);
  document.end();
  return Buffer.concat([...leaving(document)]);
}

const figures = (language: Language, { gross, fee, vat, commons, net }: Shares): string[] =>
  [gross, fee, vat, commons, net].map((amount) => euros(language, amount));

function begin(page: Page): void {
  nextPage(page.document);
  page.number += 1;
  page.y = TOP;
  write(page.document, NOTE_WORDS[page.language].page(page.number), { x: LEFT, y: 286, width: WIDTH, size: 7.5, font: 'plain', align: 'right' });
}

function drawHead(page: Page, { number, creditor, debtor, issuedOn, dueOn, reference }: NoteText, amount: Cents): void {
  const { document, language } = page;
  const words = NOTE_WORDS[language];
  write(document, `${words.title} ${number}`, { x: LEFT, y: page.y, width: WIDTH, size: 18, font: 'bold' });
  page.y += 10;
  const { identity, holder, iban, bic } = creditor;
  const address = identity && [identity.address.street, identity.address.streetMore, `${identity.address.postalCode} ${identity.address.city}`].filter(Boolean).join(', ');
  const facts = [
    [words.creditor, identity ? `${identity.name}, ${identity.legalForm}` : holder],
    ...(identity ? [['', address!], ['', `${identity.registry}, ${identity.vatNumber}`]] : []),
    [words.debtor, `${debtor.legalName ?? words.unknown}${debtor.siren ? `, ${words.siren} ${debtor.siren}` : ''}`],
    [words.issued, day(language, localDate(issuedOn))], [words.owed, euros(language, amount)], [words.by, day(language, localDate(dueOn))],
    [words.holder, holder], ['IBAN, BIC', `${inFours(iban)}, ${bic}`], [words.reference, printReference(reference)],
  ];
  for (const [name = '', fact = ''] of facts) {
    write(document, name, { x: LEFT, y: page.y, width: 58, size: 9, font: 'bold' });
    write(document, fact, { x: LEFT + 60, y: page.y, width: WIDTH - 60, size: 9, font: 'plain' });
    page.y += 5.5;
  }
  page.y += 3;
}

function drawAdvice(page: Page, { number, creditor }: NoteText): void {
  const words = NOTE_WORDS[page.language];
  page.y += 4;
  paragraph(page, words.pay, 10, 'bold');
  paragraph(page, words.howToPay);
  paragraph(page, words.setOff);
  paragraph(page, words.disagree, 10, 'bold');
  paragraph(page, words.howToDisagree(number, creditor.identity?.name ?? words.operator));
}

/** Within a page that is full, the columns are named again on the next. */
function drawRow(page: Page, cells: readonly string[], font: 'bold' | 'plain', columns?: readonly string[]): void {
  if (page.y > LAST_LINE) {
    begin(page);
    if (columns) drawRow(page, columns, 'bold');
  }
  let x = LEFT;
  cells.forEach((cell, at) => {
    write(page.document, cell, { x, y: page.y, width: WIDTHS[at]! - 1, size: 7.5, font, align: at < FIRST_FIGURE ? 'left' : 'right' });
    x += WIDTHS[at]!;
  });
  page.y += ROW_HEIGHT;
  page.document.lineWidth(0.2).strokeColor('#bbbbbb').moveTo(mm(LEFT), mm(page.y - 1)).lineTo(mm(LEFT + WIDTH), mm(page.y - 1)).stroke();
}

function paragraph(page: Page, text: string, size = 9, font: 'bold' | 'plain' = 'plain'): void {
  const lines = Math.ceil(text.length / (WIDTH * 5.6 / size)) + 1;
  if (page.y + lines * size * 0.42 > LAST_LINE) begin(page);
  write(page.document, text, { x: LEFT, y: page.y, width: WIDTH, size, font, lines });
  const height = page.document.heightOfString(text, { width: mm(WIDTH) });
  page.y += height / mm(1) + 2;
}
