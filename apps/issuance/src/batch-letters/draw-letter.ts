// One letter on one A4 page, from top to bottom. Each text has the lines that it may take at most, so that the longest
// names of places and programmes still leave it on its page.
import { mm, write, writeOnce } from '#libs/pdf';
import type { LetterText } from './letter-words.js';

type Look = Readonly<{
  /** Sizes in points. */
  title: number; heading: number; text: number;
  /** At most, for a paragraph. */
  lines: number;
  /** Millimetres before a heading. */
  gap: number;
}>;
/** Large print has 18 points for all that has to be read, as the associations of the visually impaired ask. */
const LOOKS: Readonly<Record<'usual' | 'large', Look>> = {
  usual: { title: 20, heading: 13, text: 11.5, lines: 3, gap: 7 },
  large: { title: 22, heading: 19, text: 18, lines: 3, gap: 3 },
};
const [LEFT, TOP, WIDTH] = [18, 16, 174];
/** Office printers leave the rest of the page blank. */
export const BOTTOM = 285;
const MM_PER_POINT = 25.4 / 72;

/** Returns where it ends, in millimetres from the top: above `BOTTOM`, whatever the names. */
export function drawLetter(
  document: PDFKit.PDFDocument, programme: string, { number, worth, sections }: LetterText, largePrint: boolean,
): number {
  const look = LOOKS[largePrint ? 'large' : 'usual'];
  let y = TOP;
  const paragraph = (text: string, size: number, font: 'plain' | 'bold', lines: number) => {
    document.font(font).fontSize(size);
    const line = document.currentLineHeight() * MM_PER_POINT;
    const needed = Math.min(lines, Math.ceil(document.heightOfString(text, { width: mm(WIDTH) }) * MM_PER_POINT / line - 0.01));
    write(document, text, { x: LEFT, y, width: WIDTH, size, font, lines: needed });
    y += needed * line + size * 0.08;
  };
  paragraph(programme, look.title, 'bold', 2);
  writeOnce(document, number, { x: LEFT, y: y + 1, size: look.text, font: 'bold' });
  y += 1 + look.text * MM_PER_POINT * 1.4;
  paragraph(worth, look.text, 'plain', 2);
  for (const { title, paragraphs } of sections) {
    y += look.gap;
    paragraph(title, look.heading, 'bold', 1);
    for (const text of paragraphs) paragraph(text, look.text, 'plain', look.lines);
  }
  return y;
}
