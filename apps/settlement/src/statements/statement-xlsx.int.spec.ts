// A statement as a place would open it in a spreadsheet, beside the same one as CSV.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import type { Principal } from '#libs/auth';
import { ANNA, AUDITOR, SettlementWorld, tillOf, type Place } from '../../../../test/builders/settlement-world.js';

let world: SettlementWorld;
let place: Place;
let path: string;
let period: string;

beforeAll(async () => {
  world = await SettlementWorld.create();
  place = await world.owedPlace(1_001);
  for (let line = 0; line < 20; line += 1) await world.redeem(place, 1_000 + line * 7, { serviceDate: '2026-02-28' });
  await world.closeStatements();
  const [statement] = (await world.get('statements')).body['items'] as { statementId: string; period: string }[];
  path = `statements/${statement!.statementId}/file?format=`;
  ({ period } = statement!);
});
afterAll(() => world.close());

const file = (format: string, as: Principal = ANNA) => world.get(`${path}${format}`, as);
async function sheetOf(bytes: Buffer): Promise<ExcelJS.CellValue[][]> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes as unknown as ExcelJS.Buffer);
  const sheet = workbook.worksheets[0]!;
  const cells = (row: number) => Array.from({ length: sheet.columnCount }, (_, column) => sheet.getCell(row, column + 1).value);
  return Array.from({ length: sheet.rowCount }, (_, at) => cells(at + 1));
}
const cents = (value: ExcelJS.CellValue) => Math.round(Number(value) * 100);

describe('a statement as a workbook', () => {
  it('has the lines of the CSV in their order, amounts as numbers, days as days, and columns that add up to its total', async () => {
    const { status, headers, bytes } = await file('xlsx');
    expect([status, headers['content-type']]).toEqual([200, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet']);
    expect(headers['content-disposition']).toMatch(new RegExp(`filename="${period}-stm_[0-9a-f-]+\\.xlsx"`));
    const [head, ...rows] = await sheetOf(bytes);
    expect(head!.slice(0, 6)).toEqual(['Encaissement', 'Lieu', 'Programme', 'Barème', 'Service du', 'Brut (€)']);
    const [, ...lines] = (await file('csv')).text.trimEnd().split('\r\n').map((line) => line.split(','));
    expect(rows.length).toBe(22);
    const dayOf = (row: ExcelJS.CellValue[]) => (row[4] as Date).toISOString().slice(0, 10);
    expect(rows.slice(0, -1).map((row) => [...row.slice(0, 4), dayOf(row), ...row.slice(5, 10).map(cents)]))
      .toEqual(lines.slice(0, -1).map((line) => [...line.slice(0, 3), Number(line[3]), line[4], ...line.slice(5, 10).map(Number)]));
    const total = rows.at(-1)!;
    expect([total[0], ...total.slice(5, 10).map(cents)]).toEqual(['Total', ...lines.at(-1)!.slice(5, 10).map(Number)]);
    for (let column = 5; column < 10; column += 1) {
      expect(rows.slice(0, -1).reduce((sum, row) => sum + cents(row[column]!), 0)).toBe(cents(total[column]!));
    }
  });

  it('is the same bytes each time, and has English heads for who asks', async () => {
    const first = (await file('xlsx')).bytes;
    expect((await file('xlsx')).bytes.equals(first)).toBe(true);
    expect((await sheetOf((await file('xlsx&language=en')).bytes))[0]!.slice(0, 2)).toEqual(['Redemption', 'Place']);
  });

  it('is read by whoever reads the CSV, and by nobody else', async () => {
    expect((await file('xlsx', tillOf(place))).status).toBe(200);
    expect((await file('xlsx', AUDITOR)).status).toBe(200);
    expect((await file('xlsx', tillOf(await world.accredit()))).body.code).toBe('statement_unknown');
  });
});
