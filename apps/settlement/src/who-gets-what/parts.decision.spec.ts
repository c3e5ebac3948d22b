import { describe, expect, it } from '@jest/globals';
import { cents, idOf, sum } from '#libs/kernel';
import { partsOf, sharesOfOpenLine, type OpenLine } from './parts.decision.js';

const UUID = '01900000-0000-7000-8000-000000000001';
const line = (gross: number, state: OpenLine['state']): OpenLine => ({
  claimLineId: idOf('claimLine', UUID), incidentId: null, programmeId: idOf('programme', UUID), feeRuleVersion: 3, state, gross: cents(gross),
  rates: { feeBasisPoints: 400, vatBasisPoints: 2_000, commonsBasisPoints: 100 },
});

describe('who gets how many cents', () => {
  it('is the place its net, the operator the fee, the State the VAT, the commons their share', () => {
    expect(partsOf({ gross: cents(1_000), fee: cents(40), vat: cents(8), commons: cents(10), net: cents(942) })).toEqual([
      { to: 'place', amount: 942n }, { to: 'operator', amount: 40n }, { to: 'state', amount: 8n }, { to: 'commons', amount: 10n },
    ]);
  });

  it.each(['open', 'held'] as const)('is for a line that is %s what the rule takes of it alone, and adds up', (state) => {
    const { parts, statementId } = sharesOfOpenLine(line(1_013, state));
    expect([statementId, parts.map(({ amount }) => amount)]).toEqual([null, [954n, 41n, 8n, 10n]]);
    expect(sum(parts.map(({ amount }) => amount))).toBe(1_013n);
  });

  it('takes back of all what an undoing or an incident takes back', () => {
    expect(sharesOfOpenLine(line(-1_000, 'open')).parts.map(({ amount }) => amount)).toEqual([-942n, -40n, -8n, -10n]);
  });

  it('is nobody for a line that was rejected', () => {
    expect(sharesOfOpenLine(line(1_000, 'rejected')).parts).toEqual([]);
  });
});
