// What all PDF have in common: fonts, places on a page, and pages that leave as they are drawn.
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';

/** Fonts with every letter of Europe and of the overseas territories, from a package, so that each installation has them. */
const fontFile = (name: string): string => createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`);
export const FONTS = {
  plain: fontFile('DejaVuSansCondensed'), bold: fontFile('DejaVuSansCondensed-Bold'), code: fontFile('DejaVuSansMono-Bold'),
} as const;

const POINTS_PER_MM = 72 / 25.4;
export const mm = (length: number): number => length * POINTS_PER_MM;

/** Millimetres from the upper left corner, size in points. */
export type Place = Readonly<{ x: number; y: number; size: number; font: keyof typeof FONTS }>;
export type Box = Place & Readonly<{ width: number; lines?: number; align?: 'left' | 'right' }>;

/** `archived`: PDF/A-3, which is kept for years and may bear a file inside. */
export type PdfHead = Readonly<{ title: string; language: 'fr-FR' | 'en-GB'; at: Date; archived?: boolean }>;
/** Without a font named, pdfkit brings in Helvetica, which is not embedded. */
const ARCHIVED = { subset: 'PDF/A-3b', pdfVersion: '1.7', font: FONTS.plain } as const;

export function newDocument({ title, language, at, archived = false }: PdfHead): PDFKit.PDFDocument {
  const document = new PDFDocument({
    ...(archived && ARCHIVED), autoFirstPage: false, size: 'A4', margin: 0, lang: language, displayTitle: true,
    info: { Title: title, Creator: 'Méreau', Producer: 'Méreau', CreationDate: at },
  });
  for (const [name, file] of Object.entries(FONTS)) document.registerFont(name, file);
  return document;
}

/**
 * Begins a page; the one before it is written with that. The list of pages keeps each for its number alone: what else hangs
 * on it is let go, so that the ten thousandth page takes no more memory than the tenth.
 */
export function nextPage(document: PDFKit.PDFDocument): void {
  const written = document.page as PDFKit.PDFPage | null;
  document.addPage();
  if (written) written.dictionary.data = { Pattern: undefined, Annots: undefined };
}

/** What the document has ready by now. */
export function* leaving(document: PDFKit.PDFDocument): Generator<Uint8Array> {
  for (let piece = document.read() as Buffer | null; piece; piece = document.read() as Buffer | null) yield piece;
}

/** At most `lines` lines: what is longer ends in an ellipsis, so that no name runs into its neighbour. */
export function write(document: PDFKit.PDFDocument, text: string, { x, y, width, size, font, lines = 1, align = 'left' }: Box): void {
  document.font(font).fontSize(size).fillColor('#000000');
  const height = document.currentLineHeight() * lines;
  document.text(text, mm(x), mm(y), { width: mm(width), height, ellipsis: true, align });
}

/** For what stands on one voucher only. Naming features keeps its letters out of the font's cache, which never shrinks. */
export function writeOnce(document: PDFKit.PDFDocument, text: string, { x, y, size, font }: Place): void {
  document.font(font).fontSize(size).fillColor('#000000').text(text, mm(x), mm(y), { lineBreak: false, features: [] });
}
