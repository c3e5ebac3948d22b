import { describe, expect, it } from '@jest/globals';
import { cents, idOf } from '#libs/kernel';
import { PDF_ROWS_PER_TURN } from '../limits.js';
import { statementPdf } from './statement-pdf.js';
import type { ShownStatement } from './statements.queries.js';

const UUID = '01902c7b-5d2a-7c3e-9f00-000000000001';
const shares = { gross: cents(1_000), fee: cents(20), vat: cents(4), commons: cents(10), net: cents(966) };
const line = {
  ...shares, claimLineId: UUID, redemptionId: UUID, placeId: UUID, programmeId: idOf('programme', UUID), feeRuleVersion: 1, serviceDate: '2026-03-10',
};
const statementOf = (lineCount: number) => ({
  ...shares, id: idOf('statement', UUID), legalName: 'Commune', period: '2026-03', lineCount, sha256: 'a'.repeat(64), closedAt: new Date('2026-04-01T08:00:00Z'),
  fees: [], holds: [], setOffs: [], nettingVersion: null, billedFee: cents(0), billedVat: cents(0),
  lines: Array.from({ length: lineCount }, () => line),
}) as unknown as ShownStatement;

describe('a statement on paper', () => {
  it('of many lines lets others have their turn while it is drawn', async () => {
    let [turns, isDrawn] = [0, false];
    const others = () => {
      turns += 1;
      if (!isDrawn) setImmediate(others);
    };
    setImmediate(others);
    const pdf = await statementPdf(statementOf(PDF_ROWS_PER_TURN * 6), 'fr');
    isDrawn = true;
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(turns).toBeGreaterThanOrEqual(5);
  });
});
