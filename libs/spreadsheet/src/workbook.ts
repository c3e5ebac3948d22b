// A table as a workbook. A text is written as text: what begins with = + - or @ is shown, and never run.
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import type ExcelJS from 'exceljs';
import { settleZipTimes } from './zip-times.js';

export type CellValue = string | number | bigint | null;
/** `cents` takes bigint cents and shows euros; `day` takes `YYYY-MM-DD`; `whole` a count or a number. */
export type Column = Readonly<{ head: string; kind: 'text' | 'whole' | 'cents' | 'day'; width: number }>;
/** `at` is the only time in the file. `sheet`: at most 24 characters, without : \ / ? * [ ]. */
export type WorkbookHead = Readonly<{ sheet: string; at: Date; rowsPerSheet?: number }>;

/** A sheet ends at row 1,048,576; what is longer goes on in another one, under the same heads. */
const ROWS_PER_SHEET = 1_000_000;
/** Rows written before others get their turn: about 20 ms. */
const ROWS_PER_TURN = 500;
const FORMATS = { text: '@', whole: '0', cents: '#,##0.00', day: 'dd/mm/yyyy' } as const;
const PRODUCER = 'Méreau';

/** The last row may be a total: then say so in its first cell. The first row is fixed while one scrolls. */
export async function writeWorkbook(
  { sheet, at, rowsPerSheet = ROWS_PER_SHEET }: WorkbookHead, columns: readonly Column[], rows: Iterable<readonly CellValue[]>,
): Promise<Buffer> {
  // Only once somebody asks: loading it takes longer than starting everything else here.
  const { default: exceljs } = await import('exceljs');
  const stream = new PassThrough();
  const written = buffer(stream);
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false });
  Object.assign(workbook, { creator: PRODUCER, lastModifiedBy: PRODUCER, created: at, modified: at });
  let [current, count] = [beginSheet(workbook, sheet, columns), 0];
  for (const row of rows) {
    if (count > 0 && count % rowsPerSheet === 0) {
      current.commit();
      current = beginSheet(workbook, `${sheet} (${count / rowsPerSheet + 1})`, columns);
    }
    current.addRow(row.map((value, index) => cellOf(value, columns[index]!.kind))).commit();
    count += 1;
    if (count % ROWS_PER_TURN === 0) await setImmediate();
  }
  current.commit();
  await workbook.commit();
  const bytes = await written;
  settleZipTimes(bytes, at);
  return bytes;
}

function beginSheet(workbook: ExcelJS.stream.xlsx.WorkbookWriter, name: string, columns: readonly Column[]): ExcelJS.Worksheet {
  const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = columns.map(({ head, kind, width }) => ({ header: head, width, style: { numFmt: FORMATS[kind] } }));
  sheet.getRow(1).font = { bold: true };
  sheet.getRow(1).commit();
  return sheet;
}

/** A text in a column of amounts, such as the word of a total, stays a text. Cents are exact up to 90 trillion euros. */
function cellOf(value: CellValue, kind: Column['kind']): string | number | Date | null {
  if (value === null || value === '') return null;
  if (kind === 'cents') return typeof value === 'bigint' ? Number(value) / 100 : String(value);
  if (kind === 'day') return new Date(`${value}T00:00:00Z`);
  return kind === 'whole' && typeof value !== 'string' ? Number(value) : String(value);
}
