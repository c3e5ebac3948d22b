// The XML of invoices to payers, held to the business rules of EN 16931, and the order of its elements to the one written down here.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { XmlDocument, type XmlElement } from 'libxml2-wasm';
import { cents, localDate } from '#libs/kernel';
import { holdToRules, NAMESPACES, read, SUM, TAX } from '../../../../test/builders/factur-x-rules.js';
import { INVOICE_HEAD as HEAD, invoiceContent as invoice } from '../../../../test/builders/invoice-content.js';
import type { InvoiceContent } from '../invoices/invoice-content.decision.js';
import { credited } from '../invoices/invoice-lines.decision.js';
import { invoiceXml } from './invoice-xml.js';

const seed = Number.parseInt(process.env.MEREAU_SEED ?? '20261128', 10);
const held = (content: InvoiceContent): void =>
  holdToRules(invoiceXml(content), { totalCents: content.faceCents + content.feeCents + content.vatCents });

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
    held(content);
  });

  it('keeps them whatever the order, its shares, its fee and its VAT', () => {
    const wanted = fc.record({
      count: fc.integer({ min: 1, max: 300_000 }), face: fc.integer({ min: 1, max: 3_000 }),
      part: fc.double({ min: 0, max: 1, noNaN: true }),
      terms: fc.record({ feeBasisPoints: fc.nat(10_000), vatBasisPoints: fc.constantFrom(0, 550, 2_000) }),
    });
    fc.assert(fc.property(wanted, ({ count, face, part, terms }) => {
      held(invoice({ count, face, terms, share: Math.max(1, Math.round(count * face * part)) }));
    }), { seed, numRuns: 50 });
  });

  it('says what a public payer needs to find it: SIRET, service code, engagement number; and how to pay', () => {
    read(invoiceXml(invoice()), (all) => {
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
    const document = XmlDocument.fromString(invoiceXml(invoice()));
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
    read(invoiceXml(note), (all) => {
      expect(all('//rsm:ExchangedDocument/ram:TypeCode')).toEqual(['381']);
      expect(all('//ram:InvoiceReferencedDocument/ram:IssuerAssignedID')).toEqual(['FA-2026-000001']);
      expect(all('//ram:FormattedIssueDateTime/qdt:DateTimeString')).toEqual(['20260302']);
      expect(all(`${SUM}/ram:GrandTotalAmount`)).toEqual(['62.00']);
    });
  });

  it('is not written of a quote', () => {
    expect(() => invoiceXml({ ...invoice(), kind: 'quote' })).toThrow(RangeError);
  });

  it('is well-formed whatever people wrote in names', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }), (name) => {
      const xml = invoiceXml({ ...invoice(), buyer: { ...HEAD.buyer, name: `x${name}` } });
      expect(read(xml, (all) => all('//ram:BuyerTradeParty/ram:Name'))).toHaveLength(1);
    }), { seed });
  });

  it('is the same bytes for the same content', () => {
    expect(invoiceXml(invoice())).toBe(invoiceXml(structuredClone(invoice())));
  });
});
