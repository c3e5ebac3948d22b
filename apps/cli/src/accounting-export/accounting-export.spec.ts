import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CHART } from '#libs/ledger';
import { fecAccount, isResult } from './fec-accounts.js';
import { COLUMNS, euros, fecFileName, fecLine, HEADER } from './fec-line.js';

describe('the accounts of an accounting file', () => {
  it('has a number of six digits and a label for every account of the chart, no two alike', () => {
    const shown = CHART.map(({ ledger, kind, pcg }) => ({ ...fecAccount(ledger, `${kind}:x`), pcg }));
    for (const { number, label, pcg } of shown) expect([number, label]).toEqual([expect.stringMatching(new RegExp(`^${pcg}\\d*$`)), expect.stringMatching(/\S/)]);
    expect(new Set(shown.map(({ number }) => number)).size).toBe(CHART.length);
    expect(shown.every(({ number }) => number.length === 6)).toBe(true);
  });

  it('refuses an account that the chart does not have', () => {
    expect(() => fecAccount('issuance', 'petty_cash')).toThrow('issuance petty_cash has no number');
  });

  it('closes income and costs into the result, and carries over what is owed, VAT too', () => {
    const results = CHART.filter(({ ledger, kind }) => isResult(fecAccount(ledger, kind))).map(({ kind }) => kind).sort();
    expect(results).toEqual(['bank_fees', 'fee_income', 'fee_income', 'gestures', 'losses', 'losses', 'psp_fees']);
  });
});

describe('a line of an accounting file', () => {
  const line = fecLine({
    journal: 'settlement', number: 7, day: '2026-03-04', account: fecAccount('settlement', 'payable:p-1'), auxiliaryName: 'Fab\tlab\r\nNord',
    piece: 'e-1', text: 'Relevé d\'un lieu', debitCents: 0n, creditCents: 123_405n,
  });

  it('has the eighteen columns of the law in their order, days and amounts as it wants them', () => {
    expect(HEADER.trimEnd().split('\t')).toEqual([...COLUMNS]);
    expect(line).toBe('TR\tTrésorerie\t7\t20260304\t467003\tLieux, relevés à payer\tp-1\tFab lab Nord\te-1\t20260304\tRelevé d\'un lieu\t0,00\t1234,05\t\t\t20260304\t\t\r\n');
  });

  it('never has a separator in a cell, whatever a name holds', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (name) => {
      const cells = fecLine({
        journal: 'issuance', number: 1, day: '2026-01-01', account: fecAccount('issuance', 'receivable:y'), auxiliaryName: name,
        piece: 'e', text: name, debitCents: 1n, creditCents: 0n,
      }).replace(/\r\n$/, '');
      expect(cells.split('\t')).toHaveLength(COLUMNS.length);
      expect(cells).not.toMatch(/[\r\n]/);
    }));
  });

  it('writes cents with a comma and never as a fraction', () => {
    expect([0n, 5n, 100n, 1_000_000_000_001n].map(euros)).toEqual(['0,00', '0,05', '1,00', '10000000000,01']);
  });

  it('lies in a file that is named after the body and the end of its year', () => {
    expect(fecFileName('552100554', '2026-12-31')).toBe('552100554FEC20261231.txt');
  });
});
