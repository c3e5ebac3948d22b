import { describe, expect, it } from '@jest/globals';
import { cents, idOf, localDate } from '#libs/kernel';
import { SELLER } from '../../../../test/builders/seller.js';
import { linesOf, placeInvoiceContent, vatByRate, type InvoicedCharge, type InvoicedGroup, type InvoicedStatement } from './place-invoice-content.decision.js';

const id = (last: string) => `01900000-0000-7000-8000-0000000000${last}`;
const PROGRAMME = idOf('programme', id('01'));
type Over = Partial<Omit<InvoicedGroup, 'gross' | 'fee' | 'vat'>>;
const group = (gross: number, fee: number, vat: number, over: Over = {}): InvoicedGroup => ({
  programmeId: PROGRAMME, programmeName: 'Pass', feeRuleVersion: 1, lineCount: 3, feeBasisPoints: 400, vatBasisPoints: 2_000,
  gross: cents(gross), fee: cents(fee), vat: cents(vat), ...over,
});
const statement = (...groups: InvoicedGroup[]): InvoicedStatement => ({
  statementId: idOf('statement', id('0c')), period: '2026-03', closedOn: localDate('2026-04-02'), groups, payTo: null,
  buyer: { payeeId: idOf('payee', id('04')), name: 'Commune', siren: '732829320', vatNumber: null, address: '1 place du Marché, 59000 Lille' },
});
const numbered = { number: 'FL-2026-000001', issuedOn: localDate('2026-04-02'), seller: SELLER, reference: 'RF00MRF0000000001' };

describe('an invoice to a place', () => {
  it('has a line per programme and version of its rule, with base, rates, fee and VAT', () => {
    const later = group(500, 15, 2, { feeRuleVersion: 2, feeBasisPoints: 300, vatBasisPoints: 1_000 });
    const content = placeInvoiceContent(statement(group(10_000, 400, 80), later), { kind: 'invoice', ...numbered });
    expect(content).toMatchObject({ feeCents: 415, vatCents: 82, totalCents: 497, payment: 'netted', cites: [] });
    expect(content.lines).toMatchObject([
      { rule: 1, redemptions: 3, grossCents: 10_000, feeBasisPoints: 400, feeCents: 400, vatBasisPoints: 2_000, vatCents: 80 },
      { rule: 2, grossCents: 500, feeBasisPoints: 300, feeCents: 15, vatBasisPoints: 1_000, vatCents: 2 },
    ]);
    expect(vatByRate(content)).toEqual([
      { vatBasisPoints: 2_000, feeCents: 400, vatCents: 80 }, { vatBasisPoints: 1_000, feeCents: 15, vatCents: 2 },
    ]);
  });

  it('says of a fee that came back nothing: a credit note does, in amounts above zero', () => {
    const groups = [group(10_000, 400, 80), group(-1_000, -40, -8, { feeRuleVersion: 2 })];
    expect(linesOf('invoice', groups).map(({ feeCents }) => feeCents)).toEqual([400]);
    expect(linesOf('credit_note', groups)).toMatchObject([{ rule: 2, grossCents: 1_000, feeCents: 40, vatCents: 8 }]);
    const cites = [{ number: 'FL-2026-000001', issuedOn: localDate('2026-03-02') }];
    expect(placeInvoiceContent(statement(...groups), { kind: 'credit_note', ...numbered, cites })).toMatchObject({ feeCents: 40, vatCents: 8, cites });
  });

  it('is to be paid within thirty days where the statement did not keep its fee, and its credit note is not', () => {
    const payTo = { name: 'CANTONNEMENT', iban: 'FR7630006000011234567890189', bic: null };
    const apart = { ...statement(group(10_000, 400, 80), group(-1_000, -40, -8, { feeRuleVersion: 2 })), payTo };
    expect(placeInvoiceContent(apart, { kind: 'invoice', ...numbered })).toMatchObject({ payment: 'apart', dueOn: '2026-05-02', payTo: { ...payTo, reference: 'RF00MRF0000000001' } });
    expect(placeInvoiceContent(apart, { kind: 'credit_note', ...numbered })).toMatchObject({ payment: 'apart', dueOn: null, payTo: null });
  });

  it('of the charge of a year has one line, and says whether statements to come pay it', () => {
    const charge: InvoicedCharge = {
      chargeId: idOf('placeCharge', id('32')), year: 2026, ruleVersion: 1, chargedOn: localDate('2026-04-01'), fee: cents(7_700), vat: cents(1_540),
      vatBasisPoints: 2_000, buyer: statement().buyer, payTo: { name: 'CANTONNEMENT', iban: 'FR7630006000011234567890189', bic: null }, isNetted: true,
    };
    const content = placeInvoiceContent(charge, { kind: 'invoice', ...numbered });
    expect(content).toMatchObject({
      payment: 'set_off', statement: null, period: '2026', closedOn: null, dueOn: '2026-05-02', feeCents: 7_700, vatCents: 1_540, totalCents: 9_240,
      lines: [{ chargeYear: 2026, chargedOn: '2026-04-01', rule: 1, feeCents: 7_700, vatBasisPoints: 2_000, vatCents: 1_540 }],
      payTo: { reference: 'RF00MRF0000000001' },
    });
    expect(vatByRate(content)).toEqual([{ vatBasisPoints: 2_000, feeCents: 7_700, vatCents: 1_540 }]);
    expect(placeInvoiceContent({ ...charge, isNetted: false }, { kind: 'invoice', ...numbered })).toMatchObject({ payment: 'apart', dueOn: '2026-05-02' });
  });

  it('leaves out a group of which nothing was kept', () => {
    expect(linesOf('invoice', [group(1_000, 0, 0), group(-1_000, 0, 0)])).toEqual([]);
    expect(linesOf('credit_note', [group(1_000, 0, 0), group(-1_000, 0, 0)])).toEqual([]);
  });
});
