import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import { writeWorkbook, type CellValue, type Column } from './workbook.js';

const COLUMNS: readonly Column[] = [
  { head: 'Ligne', kind: 'text', width: 20 }, { head: 'Nombre', kind: 'whole', width: 8 }, { head: 'Brut', kind: 'cents', width: 12 },
  { head: 'Jour', kind: 'day', width: 12 },
];
const AT = new Date('2026-04-01T08:00:02.000Z');
const ROWS: readonly (readonly CellValue[])[] = [
  ['=1+1', 3, 123_456_789_01n, '2026-03-29'], ['+33 1, <&>"é\u0007', 4, -1n, null], ['@SUM(A1)', 0, 10n, '2024-02-29'], ['Total', null, 12_345_678_910n, null],
];
const read = async (bytes: Buffer): Promise<ExcelJS.Workbook> => {
  const workbook = new ExcelJS.Workbook();
  // The package's own Buffer is an older type than that of Node.
  await workbook.xlsx.load(bytes as unknown as ExcelJS.Buffer);
  return workbook;
};
const cells = (sheet: ExcelJS.Worksheet) => sheet.getSheetValues().slice(1).map((row) => (row as ExcelJS.CellValue[]).slice(1));

describe('a workbook', () => {
  it('holds numbers as numbers, days as days, and each text as the text that it is', async () => {
    const workbook = await read(await writeWorkbook({ sheet: 'Relevé', at: AT }, COLUMNS, ROWS));
    const sheet = workbook.getWorksheet('Relevé')!;
    expect(cells(sheet)).toEqual([
      ['Ligne', 'Nombre', 'Brut', 'Jour'],
      ['=1+1', 3, 123_456_789.01, new Date('2026-03-29T00:00:00Z')], ['+33 1, <&>"é', 4, -0.01],
      ['@SUM(A1)', 0, 0.1, new Date('2024-02-29T00:00:00Z')], ['Total', undefined, 123_456_789.1],
    ]);
    expect([sheet.getCell('C2').numFmt, sheet.getCell('D2').numFmt, sheet.getCell('A2').type]).toEqual(['#,##0.00', 'dd/mm/yyyy', ExcelJS.ValueType.String]);
    expect([workbook.creator, workbook.created, workbook.modified]).toEqual(['Méreau', AT, AT]);
  });

  it('is the same bytes for the same rows, and other bytes for others', async () => {
    const write = (rows: typeof ROWS) => writeWorkbook({ sheet: 'Relevé', at: AT }, COLUMNS, rows);
    const [first, later, other] = [await write(ROWS), await write(ROWS), await write(ROWS.slice(1))];
    expect(first.equals(later)).toBe(true);
    expect(first.equals(other)).toBe(false);
  });

  it('goes on in another sheet, under the same heads, where one is full', async () => {
    const workbook = await read(await writeWorkbook({ sheet: 'Relevé', at: AT, rowsPerSheet: 2 }, COLUMNS, [...ROWS, ['más', 1, 1n, null]]));
    expect(workbook.worksheets.map((sheet) => [sheet.name, sheet.rowCount])).toEqual([['Relevé', 3], ['Relevé (2)', 3], ['Relevé (3)', 2]]);
    expect(cells(workbook.worksheets[2]!)).toEqual([['Ligne', 'Nombre', 'Brut', 'Jour'], ['más', 1, 0.01]]);
  });

  const absent = spawnSync('unzip', ['-v']).error ? ' (skipped: no unzip)' : '';
  (absent ? it.skip : it)(`is a ZIP that others open, with the time that was handed in, and without a formula${absent}`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mereau-workbook-'));
    try {
      const path = join(folder, 'workbook.xlsx');
      writeFileSync(path, await writeWorkbook({ sheet: 'Relevé', at: AT }, COLUMNS, ROWS));
      const unzip = (...args: string[]) => spawnSync('unzip', args, { encoding: 'utf8' });
      expect(unzip('-t', path)).toMatchObject({ status: 0, stdout: expect.stringContaining('No errors detected') });
      const times = unzip('-Z', '-T', path).stdout.match(/\d{8}\.\d{6}/g)!;
      expect([times.length > 5, new Set(times)]).toEqual([true, new Set(['20260401.080002'])]);
      const sheet = unzip('-p', path, 'xl/worksheets/sheet1.xml').stdout;
      expect(sheet).toContain('123456789.01');
      expect(sheet).not.toMatch(/<f[ >]/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
