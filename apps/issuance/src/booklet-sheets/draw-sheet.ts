// One A4 sheet: the cover line of a booklet, and under it its vouchers in two columns of five, with lines to cut along.
// Measures are in millimetres from the upper left corner; office printers leave 5 mm at each edge blank.
import { encode } from 'uqr';
import { mm, write, writeOnce } from '#libs/pdf';
import type { Cover } from './cover.store.js';
import { coverLines, coverSum, coverTitle, euros, voucherKind, voucherUntil } from './sheet-words.js';
import { watermark } from './watermark.js';

export const SHEET_VOUCHERS = 10;
export type SheetVoucher = Readonly<{ serial: string; code: string; address: string; position: number | null }>;
export type Sheet = Readonly<{ booklet: string | null; vouchers: readonly SheetVoucher[] }>;

// Around a QR four of its modules stay white (ISO/IEC 18004, 6.3.8): of 29 modules in 30 mm that is 4.2 mm.
const [LEFT, TOP, CELL_WIDTH, CELL_HEIGHT, PADDING, QR_SIZE] = [10, 36, 95, 50, 4.2, 30];

/** `maskPattern` of a QR: one for a whole file, see `maskFor`. */
export type Look = Readonly<{ cover: Cover; maskPattern: number; reprint: number }>;

export function drawSheet(document: PDFKit.PDFDocument, { booklet, vouchers }: Sheet, look: Look): void {
  const { cover, reprint } = look;
  watermark(document, reprint);
  writeOnce(document, coverTitle(booklet), { x: LEFT, y: 9, size: 15, font: 'bold' });
  write(document, coverSum(cover, vouchers.length), { x: LEFT + 110, y: 9, width: 80, size: 15, font: 'bold', align: 'right' });
  const [programme, payers, until] = coverLines(cover);
  write(document, programme!, { x: LEFT, y: 16.5, width: 190, size: 11, font: 'bold' });
  write(document, payers!, { x: LEFT, y: 22, width: 190, size: 8.5, font: 'plain', lines: 2 });
  write(document, until!, { x: LEFT, y: 30, width: 190, size: 8.5, font: 'plain' });
  vouchers.forEach((voucher, at) => {
    const corner = { x: LEFT + (at % 2) * CELL_WIDTH, y: TOP + Math.floor(at / 2) * CELL_HEIGHT };
    drawVoucher(document, voucher, { ...look, booklet, corner });
  });
}

type Corner = Readonly<{ x: number; y: number }>;
type Cell = Look & Readonly<{ booklet: string | null; corner: Corner }>;

function drawVoucher(
  document: PDFKit.PDFDocument, { serial, code, address, position }: SheetVoucher,
  { booklet, cover, maskPattern, corner: { x, y } }: Cell,
): void {
  document.save().lineWidth(0.4).dash(3, { space: 3 }).strokeColor('#777777')
    .rect(mm(x), mm(y), mm(CELL_WIDTH), mm(CELL_HEIGHT)).stroke().restore();
  drawQr(document, encode(address, { ...QR, maskPattern }), { x: x + PADDING, y: y + PADDING });
  const beside = { x: x + QR_SIZE + 2 * PADDING, width: CELL_WIDTH - 3 * PADDING - QR_SIZE };
  write(document, euros(cover.face), { ...beside, y: y + 3, size: 24, font: 'bold' });
  write(document, voucherKind(cover), { ...beside, y: y + 13, size: 8, font: 'plain' });
  write(document, cover.programme, { ...beside, y: y + 17.5, size: 8.5, font: 'bold', lines: 2 });
  write(document, voucherUntil(cover), { ...beside, y: y + 26, size: 8, font: 'plain' });
  writeOnce(document, `N° ${serial}`, { x: beside.x, y: y + 30, size: 8, font: 'plain' });
  if (booklet) writeOnce(document, `Carnet ${booklet} · ${position}`, { x: beside.x, y: y + 34, size: 7, font: 'plain' });
  writeOnce(document, code, { x: x + PADDING, y: y + 40, size: 16, font: 'code' });
}

const QR = { ecc: 'M', border: 0 } as const;
type Modules = Pick<ReturnType<typeof encode>, 'size' | 'data'>;

/**
 * The pattern that makes this address easiest to read. To look for it takes longer than all the rest of a voucher, and the
 * addresses of a file differ in their codes only, so that one is as good for the others.
 */
export const maskFor = (address: string): number => encode(address, QR).maskPattern;

/** Modules of one row that touch are one rectangle: sharp at any size, and a third of the bytes. */
function drawQr(document: PDFKit.PDFDocument, { size, data }: Modules, { x, y }: Corner): void {
  const unit = mm(QR_SIZE) / size;
  data.forEach((row, at) => {
    for (const { first, last } of darkRuns(row)) {
      document.rect(mm(x) + first * unit, mm(y) + at * unit, (last - first + 1) * unit, unit);
    }
  });
  document.fill('#000000');
}

function darkRuns(row: readonly boolean[]): { first: number; last: number }[] {
  const runs: { first: number; last: number }[] = [];
  row.forEach((dark, at) => {
    const open = runs.at(-1);
    if (dark && open?.last === at - 1) open.last = at;
    else if (dark) runs.push({ first: at, last: at });
  });
  return runs;
}
