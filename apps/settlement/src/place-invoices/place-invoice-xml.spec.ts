// Invoices to places as Factur-X: held to the rules of EN 16931 as those to payers are, and their page to PDF/A-3 with that XML inside.
import { describe, expect, it } from '@jest/globals';
import { XML_NAME } from '#libs/factur-x';
import { cents, idOf, localDate } from '#libs/kernel';
import { holdToRules, read, SUM } from '../../../../test/builders/factur-x-rules.js';
import { objects, xmp } from '../../../../test/builders/pdf-objects.js';
import { SELLER } from '../../../../test/builders/seller.js';
import { placeInvoiceContent, type Invoiced, type InvoicedGroup, type Numbered, type PlaceInvoiceContent } from './place-invoice-content.decision.js';
import { placeInvoicePdf } from './place-invoice-pdf.js';
import { placeInvoiceXml } from './place-invoice-xml.js';

const id = (last: string) => `01900000-0000-7000-8000-0000000000${last}`;
const payTo = { name: 'CANTONNEMENT <1>', iban: 'FR7630006000011234567890189', bic: 'PSSTFRPPPAR' };
const buyer = { payeeId: idOf('payee', id('04')), name: 'Commune & Cie', siren: '732829320', vatNumber: null, address: '1 place du Marché, 59000 Lille' };
const group = (gross: number, fee: number, vat: number, over: Partial<Pick<InvoicedGroup, 'feeRuleVersion' | 'vatBasisPoints'>> = {}): InvoicedGroup => ({
  programmeId: idOf('programme', id('01')), programmeName: 'Pass', feeRuleVersion: 1, lineCount: 3, feeBasisPoints: 400, vatBasisPoints: 2_000,
  gross: cents(gross), fee: cents(fee), vat: cents(vat), ...over,
});
const statement = (groups: readonly InvoicedGroup[], isBilled: boolean): Invoiced => ({
  statementId: idOf('statement', id('0c')), period: '2026-03', closedOn: localDate('2026-04-02'), groups, payTo: isBilled ? payTo : null, buyer,
});
const charge = (isNetted: boolean): Invoiced => ({
  chargeId: idOf('placeCharge', id('32')), year: 2026, ruleVersion: 1, chargedOn: localDate('2026-04-01'), fee: cents(7_700), vat: cents(1_540),
  vatBasisPoints: 2_000, buyer, payTo, isNetted,
});
const written = (invoiced: Invoiced, over: Partial<Numbered> = {}): PlaceInvoiceContent => placeInvoiceContent(invoiced, {
  kind: 'invoice', number: 'FL-2026-000001', issuedOn: localDate('2026-04-02'), seller: SELLER, reference: 'RF18MRF0000000001', ...over,
});
const RATES = [
  group(10_000, 400, 80), group(500, 15, 2, { feeRuleVersion: 2, vatBasisPoints: 1_000 }),
  group(700, 7, 0, { feeRuleVersion: 3, vatBasisPoints: 0 }),
];
const BACK = [group(10_000, 400, 80), group(-1_000, -40, -8, { feeRuleVersion: 2 })];
const CITES = [{ number: 'FL-2026-000001', issuedOn: localDate('2026-03-02') }, { number: 'FL-2026-000007', issuedOn: localDate('2026-03-09') }];

describe('the XML of an invoice to a place', () => {
  it.each<[string, PlaceInvoiceContent, number]>([
    ['that its statement kept', written(statement(RATES, false)), 504],
    ['that is paid apart, at three rates', written(statement(RATES, true)), 0],
    ['of a charge that is netted', written(charge(true)), 0],
    ['of a charge that is paid', written(charge(false)), 0],
    ['that a credit note of a kept fee takes back', written(statement(BACK, false), { kind: 'credit_note', cites: CITES }), 0],
    ['that a credit note of a billed fee takes back', written(statement(BACK, true), { kind: 'credit_note', cites: CITES }), 0],
  ])('%s keeps the rules of EN 16931', (_, content, prepaidCents) => {
    holdToRules(placeInvoiceXml(content), { totalCents: content.totalCents, prepaidCents, isToBePaid: content.payTo !== null });
  });

  it('says by which reference to pay, or that it was set off; and of a credit note what it corrects', () => {
    read(placeInvoiceXml(written(charge(false))), (all) => {
      expect([all('//ram:PaymentReference'), all('//ram:SpecifiedTradeSettlementPaymentMeans/ram:TypeCode')]).toEqual([['RF18MRF0000000001'], ['30']]);
      expect(all('//ram:PayeeTradeParty/ram:Name')).toEqual(['CANTONNEMENT <1>']);
      expect(all('//ram:DueDateDateTime/udt:DateTimeString[@format="102"]')).toEqual(['20260502']);
      expect(all('//ram:SpecifiedTradeProduct/ram:Name')).toEqual(['Frais annuels 2026, dus le 01/04/2026, barème version 1']);
    });
    read(placeInvoiceXml(written(statement(RATES, false))), (all) => {
      expect([all('//ram:SpecifiedTradeSettlementPaymentMeans/ram:TypeCode'), all(`${SUM}/ram:DuePayableAmount`)]).toEqual([['97'], ['0.00']]);
      expect(all('//ram:BuyerTradeParty/ram:PostalTradeAddress/ram:LineOne')).toEqual([buyer.address]);
    });
    read(placeInvoiceXml(written(statement(BACK, false), { kind: 'credit_note', cites: CITES })), (all) => {
      expect([all('//rsm:ExchangedDocument/ram:TypeCode'), all('//ram:InvoiceReferencedDocument/ram:IssuerAssignedID')]).toEqual([['381'], ['FL-2026-000001']]);
      expect(all('//ram:IncludedNote[ram:SubjectCode="ACB"]/ram:Content')[0]).toContain('FL-2026-000007');
    });
  });

  it('is the same bytes for the same text', () => {
    const content = written(charge(true));
    expect(placeInvoiceXml(structuredClone(content))).toBe(placeInvoiceXml(content));
  });
});

describe('the PDF of an invoice to a place', () => {
  const content = written(charge(true));
  const xml = placeInvoiceXml(content);
  const pdf = placeInvoicePdf(content, 'digest', xml, 'fr');

  it('holds the XML as its data, byte for byte, and says that it is PDF/A-3 and Factur-X', () => {
    const [attachment] = objects(pdf, '/Type /EmbeddedFile');
    expect(attachment!.stream!.toString('utf8')).toBe(xml);
    const [spec] = objects(pdf, '/Type /Filespec');
    expect(spec!.dictionary).toContain('/AFRelationship /Data');
    expect(spec!.dictionary).toContain(`(${XML_NAME})`);
    expect(objects(pdf, '/Type /Catalog')[0]!.dictionary).toContain('/OutputIntents');
    const document = xmp(pdf);
    const value = (path: string, namespaces: Record<string, string>) => document.find(path, namespaces).map((node) => node.content);
    expect([value('//p:part', { p: 'http://www.aiim.org/pdfa/ns/id/' }), value('//p:conformance', { p: 'http://www.aiim.org/pdfa/ns/id/' })]).toEqual([['3'], ['B']]);
    expect(value('//fx:ConformanceLevel', { fx: 'urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#' })).toEqual(['EN 16931']);
    document.dispose();
  });

  it('embeds every font, is the same bytes each time, and a translation bears no XML', () => {
    for (const { dictionary } of objects(pdf, '/Type /FontDescriptor')) expect(dictionary).toMatch(/\/FontFile[23] \d+ 0 R/);
    expect(objects(pdf, '/Subtype /Type1').filter(({ dictionary }) => dictionary.includes('/Type /Font\n'))).toEqual([]);
    expect(placeInvoicePdf(structuredClone(content), 'digest', xml, 'fr').equals(pdf)).toBe(true);
    expect(objects(placeInvoicePdf(content, 'digest', null, 'en'), '/Type /EmbeddedFile')).toEqual([]);
  });
});
