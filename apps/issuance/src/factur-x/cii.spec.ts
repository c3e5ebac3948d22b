// The XML of invoices, read back by another parser and held to the business rules of EN 16931. The official schema is not
// ours to publish; the order of elements is held to the one written down here.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { XmlDocument, type XmlElement } from 'libxml2-wasm';
import { cents, localDate } from '#libs/kernel';
import { INVOICE_HEAD as HEAD, invoiceContent as invoice } from '../../../../test/builders/invoice-content.js';
import type { InvoiceContent } from '../invoices/invoice-content.decision.js';
import { credited } from '../invoices/invoice-lines.decision.js';
import { ciiOf } from './cii.js';

const seed = Number.parseInt(process.env.MEREAU_SEED ?? '20261128', 10);
const NAMESPACES = {
  rsm: 'urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100', udt: 'urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100',
  ram: 'urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100', qdt: 'urn:un:unece:uncefact:data:standard:QualifiedDataType:100',
};
function read<T>(xml: string, use: (all: (path: string) => string[]) => T): T {
  const document = XmlDocument.fromString(xml);
  try {
    return use((path) => document.find(path, NAMESPACES).map((node) => node.content));
  } finally {
    document.dispose();
  }
}
const hundredths = (text: string | undefined): number => {
  expect(text).toMatch(/^\d+\.\d{2}$/);
  return Number(text!.replace('.', ''));
};

const LINE = '//ram:IncludedSupplyChainTradeLineItem';
const SUM = '//ram:SpecifiedTradeSettlementHeaderMonetarySummation';
const TAX = '//ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax';

/** The rules of EN 16931 that a document of this kind can break, as BR-… of its table of business rules. */
function holdToRules(content: InvoiceContent): void {
  read(ciiOf(content), (all) => {
    const amounts = (path: string) => all(path).map(hundredths);
    const one = (path: string) => {
      const found = amounts(path);
      expect(found).toHaveLength(1);
      return found[0]!;
    };
    const lines = amounts(`${LINE}//ram:LineTotalAmount`);
    const [net, basis, total, due] = ['LineTotalAmount', 'TaxBasisTotalAmount', 'GrandTotalAmount', 'DuePayableAmount'].map((name) => one(`${SUM}/ram:${name}`));
    const vat = one(`${SUM}/ram:TaxTotalAmount`);
    expect(lines.length).toBeGreaterThan(0); // BR-16
    expect(net).toBe(lines.reduce((a, b) => a + b, 0)); // BR-CO-10
    expect(basis).toBe(net); // BR-CO-13, without allowances and charges
    expect(vat).toBe(amounts(`${TAX}/ram:CalculatedAmount`).reduce((a, b) => a + b, 0)); // BR-CO-14
    expect(total).toBe(basis! + vat); // BR-CO-15
    expect(due).toBe(total); // BR-CO-16, nothing is prepaid
    expect(total).toBe(content.faceCents + content.feeCents + content.vatCents);
    const groups = all(`${TAX}/ram:CategoryCode`);
    expect(groups.length).toBeGreaterThan(0); // BR-CO-18
    expect(new Set(groups).size).toBe(groups.length);
    for (const code of groups) {
      const group = `${TAX}[ram:CategoryCode='${code}']`;
      const rate = one(`${group}/ram:RateApplicablePercent`);
      const inLines = amounts(`${LINE}[.//ram:CategoryCode='${code}']//ram:LineTotalAmount`).reduce((a, b) => a + b, 0);
      expect(one(`${group}/ram:BasisAmount`)).toBe(inLines); // BR-S-08, BR-E-08
      // BR-CO-17: rounded once over all payers of an order, so that one of them may be off by a cent; the rule allows a euro.
      expect(Math.abs(one(`${group}/ram:CalculatedAmount`) - (inLines * rate) / 10_000)).toBeLessThan(1.5);
      if (code === 'E') expect([rate, one(`${group}/ram:CalculatedAmount`), all(`${group}/ram:ExemptionReason`).length]).toEqual([0, 0, 1]); // BR-E-05, -09, -10
      else expect([code, rate > 0, all(`${group}/ram:ExemptionReason`).length]).toEqual(['S', true, 0]); // BR-S-05, -10
    }
    expect(new Set(all(`${LINE}//ram:CategoryCode`))).toEqual(new Set(groups));
    for (const path of ['ID', 'TypeCode', 'IssueDateTime/udt:DateTimeString']) expect(all(`//rsm:ExchangedDocument/ram:${path}`)).toHaveLength(1); // BR-02 to BR-04
    for (const party of ['Seller', 'Buyer']) {
      expect(all(`//ram:${party}TradeParty/ram:Name`)[0]).toBeTruthy(); // BR-06, BR-07
      expect(all(`//ram:${party}TradeParty/ram:PostalTradeAddress/ram:CountryID`)).toEqual(['FR']); // BR-08 to BR-11
    }
    expect(all('//ram:SellerTradeParty/ram:SpecifiedTaxRegistration/ram:ID[@schemeID="VA"]')).toHaveLength(1); // BR-CO-26, BR-S-02, BR-E-02
    expect(all('//ram:IBANID')).toHaveLength(1); // BR-50, BR-61
    for (const [at, quantity] of all(`${LINE}//ram:BilledQuantity`).entries()) {
      expect(Number(quantity) * hundredths(all(`${LINE}//ram:ChargeAmount`)[at])).toBe(lines[at]); // BR-24 by its definition of a line's net
    }
  });
}

describe('the XML of an invoice', () => {
  it.each<[string, InvoiceContent]>([
    ['with a fee', invoice()],
    ['of face value alone', invoice({ terms: { feeBasisPoints: 0 } })],
    ['with a fee that bears no VAT', invoice({ terms: { vatBasisPoints: 0 } })],
    ['with services', invoice({ terms: { services: [{ label: 'Kit <papier> & livraison', amount: cents(1_500) }] } })],
    ['of one of several payers', invoice({ share: 3_333 })],
    ['that names no BIC, service or engagement', { ...invoice(), serviceCode: null, engagementNumber: null, payTo: { ...HEAD.payTo, bic: null } }],
    ['to a payer of which only the SIREN is known', { ...invoice(), buyer: { ...HEAD.buyer, siret: null, vatNumber: 'FR44732829320' } }],
    ['that a credit note takes back whole', { ...invoice(), kind: 'credit_note', ...credited(invoice(), { face: cents(10_000), fee: cents(400), vat: cents(80) }), dueOn: null, cites: { number: 'FA-2026-000001', issuedOn: localDate('2026-03-02'), reason: 'cancellation' } }],
    ['whose fee a credit note takes back in part', { ...invoice(), kind: 'credit_note', ...credited(invoice(), { face: cents(0), fee: cents(100), vat: cents(20) }), dueOn: null, cites: { number: 'FA-2026-000001', issuedOn: localDate('2026-03-02'), reason: 'correction' } }],
    ['whose face value a credit note takes back in part', { ...invoice(), kind: 'credit_note', ...credited(invoice(), { face: cents(6_200), fee: cents(0), vat: cents(0) }), dueOn: null, cites: { number: 'FA-2026-000001', issuedOn: localDate('2026-03-02'), reason: 'expiry' } }],
  ])('%s keeps the rules of EN 16931', (_, content) => {
    holdToRules(content);
  });

  it('keeps them whatever the order, its shares, its fee and its VAT', () => {
    const wanted = fc.record({
      count: fc.integer({ min: 1, max: 300_000 }), face: fc.integer({ min: 1, max: 3_000 }),
      part: fc.double({ min: 0, max: 1, noNaN: true }),
      terms: fc.record({ feeBasisPoints: fc.nat(10_000), vatBasisPoints: fc.constantFrom(0, 550, 2_000) }),
    });
    fc.assert(fc.property(wanted, ({ count, face, part, terms }) => {
      holdToRules(invoice({ count, face, terms, share: Math.max(1, Math.round(count * face * part)) }));
    }), { seed, numRuns: 50 });
  });

  it('says what a public payer needs to find it: SIRET, service code, engagement number; and how to pay', () => {
    read(ciiOf(invoice()), (all) => {
      expect(all('//ram:BuyerTradeParty/ram:GlobalID[@schemeID="0009"]')).toEqual(['73282932000074']);
      expect(all('//ram:BuyerTradeParty/ram:SpecifiedLegalOrganization/ram:ID[@schemeID="0002"]')).toEqual(['732829320']);
      expect(all('//ram:BuyerReference')).toEqual(['SERV-12']);
      expect(all('//ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID')).toEqual(['ENG 2026/7']);
      expect(all('//ram:PaymentReference')).toEqual(['RF18MRO0000000001']);
      expect(all('//ram:DueDateDateTime/udt:DateTimeString[@format="102"]')).toEqual(['20260401']);
      expect(all('//ram:IncludedNote/ram:SubjectCode')).toEqual(['PMD', 'PMT', 'AAB', 'REG']);
      expect(all('//ram:SellerTradeParty/ram:Name')).toEqual(['Coopérative & Cie']);
    });
  });

  it('has its elements in the order of the schema', () => {
    const document = XmlDocument.fromString(ciiOf(invoice()));
    const names = (path: string) => {
      const found = document.find(path, NAMESPACES).map((node) => (node as XmlElement).name);
      return found.filter((name, at) => name !== found[at - 1]);
    };
    expect(names('//ram:ApplicableHeaderTradeAgreement/*'))
      .toEqual(['BuyerReference', 'SellerTradeParty', 'BuyerTradeParty', 'SellerOrderReferencedDocument', 'BuyerOrderReferencedDocument']);
    expect(names('//ram:ApplicableHeaderTradeSettlement/*')).toEqual([
      'PaymentReference', 'InvoiceCurrencyCode', 'PayeeTradeParty', 'SpecifiedTradeSettlementPaymentMeans', 'ApplicableTradeTax',
      'SpecifiedTradePaymentTerms', 'SpecifiedTradeSettlementHeaderMonetarySummation',
    ]);
    expect(names(`${TAX}[1]/*`)).toEqual(['CalculatedAmount', 'TypeCode', 'ExemptionReason', 'BasisAmount', 'CategoryCode', 'RateApplicablePercent']);
    document.dispose();
  });

  it('of a credit note is of its own type and names the invoice', () => {
    const note: InvoiceContent = {
      ...invoice(), kind: 'credit_note', number: 'AV-2027-000001', dueOn: null, ...credited(invoice(), { face: cents(6_200), fee: cents(0), vat: cents(0) }),
      cites: { number: 'FA-2026-000001', issuedOn: localDate('2026-03-02'), reason: 'expiry' },
    };
    read(ciiOf(note), (all) => {
      expect(all('//rsm:ExchangedDocument/ram:TypeCode')).toEqual(['381']);
      expect(all('//ram:InvoiceReferencedDocument/ram:IssuerAssignedID')).toEqual(['FA-2026-000001']);
      expect(all('//ram:FormattedIssueDateTime/qdt:DateTimeString')).toEqual(['20260302']);
      expect(all(`${SUM}/ram:GrandTotalAmount`)).toEqual(['62.00']);
    });
  });

  it('is not written of a quote', () => {
    expect(() => ciiOf({ ...invoice(), kind: 'quote' })).toThrow(RangeError);
  });

  it('is well-formed whatever people wrote in names', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }), (name) => {
      const xml = ciiOf({ ...invoice(), buyer: { ...HEAD.buyer, name: `x${name}` } });
      expect(read(xml, (all) => all('//ram:BuyerTradeParty/ram:Name'))).toHaveLength(1);
    }), { seed });
  });

  it('is the same bytes for the same content', () => {
    expect(ciiOf(invoice())).toBe(ciiOf(structuredClone(invoice())));
  });
});
