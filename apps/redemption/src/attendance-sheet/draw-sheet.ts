// The sheet that those who came to a workshop sign: a line per voucher that was used, and empty ones for those who came
// without. Names are written by hand: the scheme knows none. Measures are in millimetres.
import { SERVICE_NAMES, SERVICE_NAMES_IN_ENGLISH } from '#libs/contracts';
import { sum } from '#libs/kernel';
import { leaving, mm, newDocument, nextPage, write } from '#libs/pdf';
import type { HeldSession } from './session.store.js';
import { day, euros, localeOf, timeIn, WORDS, type Language } from './sheet-words.js';

const [LEFT, TOP, FIRST_LINE, LINE_HEIGHT, LAST_LINE] = [12, 14, 68, 11, 252];
const WIDTHS = [10, 16, 26, 22, 24, 50, 38];
/** As many signatures as a hall holds: the bound of a session, and of what may be declared beside it. */
const EMPTY_LINES_MAX = 100;
const REFERENCE_LENGTH = 8;

/** The same session gives the same bytes, however often it is asked for. */
export function drawSheet(session: HeldSession, language: Language): Buffer {
  const title = `${WORDS[language].title}, ${session.place}, ${session.serviceDate}`;
  const document = newDocument({ title, language: localeOf(language), at: session.heldAt });
  const rows = rowsOf(session, language);
  const perPage = Math.floor((LAST_LINE - FIRST_LINE) / LINE_HEIGHT);
  for (let from = 0; from === 0 || from < rows.length; from += perPage) {
    nextPage(document);
    drawHead(document, session, language);
    drawRow(document, WORDS[language].columns, FIRST_LINE - 7, 'bold');
    const shown = rows.slice(from, from + perPage);
    shown.forEach((row, line) => { drawRow(document, row, FIRST_LINE + line * LINE_HEIGHT + 3.5, 'plain'); });
    for (let line = 0; line <= shown.length; line += 1) {
      const y = mm(FIRST_LINE + line * LINE_HEIGHT);
      document.lineWidth(0.4).strokeColor('#777777').moveTo(mm(LEFT), y).lineTo(mm(LEFT + 186), y).stroke();
    }
    if (from + perPage >= rows.length) drawFoot(document, session, language);
  }
  document.end();
  return Buffer.concat([...leaving(document)]);
}

/** The end of an id is the part in which two of one workshop differ. */
function rowsOf({ lines, participants, timeZone }: HeldSession, language: Language): readonly (readonly string[])[] {
  const used = lines.map(({ redemptionId, amount, coPayment, redeemedAt }, at) => [
    String(at + 1), timeIn(language, timeZone, redeemedAt), redemptionId.slice(-REFERENCE_LENGTH),
    euros(language, amount), euros(language, coPayment),
  ]);
  const others = Math.min(Math.max((participants ?? 0) - lines.length, 0), EMPTY_LINES_MAX);
  return [...used, ...Array.from({ length: others }, (_, at) => [String(lines.length + at + 1)])];
}

function drawHead(document: PDFKit.PDFDocument, session: HeldSession, language: Language): void {
  const words = WORDS[language];
  const { place, serviceDate, service, durationMinutes, participants, programmes } = session;
  write(document, words.title, { x: LEFT, y: TOP, width: 186, size: 18, font: 'bold' });
  const names = language === 'fr' ? SERVICE_NAMES : SERVICE_NAMES_IN_ENGLISH;
  const facts = [
    [words.place, place], [words.day, day(language, serviceDate)], [words.programmes, programmes.join(', ')],
    [words.service, service ? names[service] : words.unknown],
    [words.duration, durationMinutes === null ? words.unknown : words.minutes(durationMinutes)],
    [words.participants, participants === null ? words.unknown : String(participants)],
  ] as const;
  facts.forEach(([name, fact], at) => {
    const y = TOP + 10 + at * 5.5;
    write(document, name, { x: LEFT, y, width: 28, size: 9, font: 'bold' });
    write(document, fact, { x: LEFT + 28, y, width: 158, size: 9, font: 'plain' });
  });
}

function drawRow(document: PDFKit.PDFDocument, cells: readonly string[], y: number, font: 'bold' | 'plain'): void {
  let x = LEFT;
  cells.forEach((cell, at) => {
    write(document, cell, { x, y, width: WIDTHS[at]! - 2, size: 9, font });
    x += WIDTHS[at]!;
  });
}

function drawFoot(document: PDFKit.PDFDocument, { lines, undoneCount }: HeldSession, language: Language): void {
  const words = WORDS[language];
  const amount = euros(language, sum(lines.map((line) => line.amount)));
  const vouchers = lines.reduce((count, line) => count + line.vouchers, 0);
  const said = [words.total(vouchers, amount), ...(undoneCount > 0 ? [words.undone(undoneCount)] : [])];
  write(document, said.join('. '), { x: LEFT, y: 257, width: 186, size: 10, font: 'bold' });
  write(document, words.mediator, { x: LEFT, y: 264, width: 186, size: 9, font: 'plain' });
  write(document, words.privacy, { x: LEFT, y: 284, width: 186, size: 7.5, font: 'plain', lines: 2 });
}
