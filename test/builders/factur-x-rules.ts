// The XML of invoices, read back by another parser and held to the business rules of EN 16931. The official schema is not
// ours to publish; the order of elements is held to the one written down in the specs.
import { expect } from '@jest/globals';
import { XmlDocument } from 'libxml2-wasm';

export const NAMESPACES = {
  rsm: 'urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100', udt: 'urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100',
  ram: 'urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100', qdt: 'urn:un:unece:uncefact:data:standard:QualifiedDataType:100',
};
export function read<T>(xml: string, use: (all: (path: string) => string[]) => T): T {
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

export const LINE = '//ram:IncludedSupplyChainTradeLineItem';
export const SUM = '//ram:SpecifiedTradeSettlementHeaderMonetarySummation';
export const TAX = '//ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax';

/** What the document asks in all, what of it was paid before, and whether it says where to pay. */
type Held = Readonly<{ totalCents: number; prepaidCents?: number; isToBePaid?: boolean }>;

/** The rules of EN 16931 that a document of this kind can break, as BR-… of its table of business rules. */
export function holdToRules(xml: string, { totalCents, prepaidCents = 0, isToBePaid = true }: Held): void {
  read(xml, (all) => {
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
    expect(due).toBe(total! - prepaidCents); // BR-CO-16
    expect(all(`${SUM}/ram:TotalPrepaidAmount`).map(hundredths)).toEqual(prepaidCents === 0 ? [] : [prepaidCents]);
    expect(total).toBe(totalCents);
    const [groups, percents] = [all(`${TAX}/ram:CategoryCode`), all(`${TAX}/ram:RateApplicablePercent`)];
    const rated = groups.map((code, at) => [code, percents[at]!] as const);
    expect(groups.length).toBeGreaterThan(0); // BR-CO-18
    expect(new Set(rated.map(String)).size).toBe(groups.length);
    for (const [code, percent] of rated) {
      const group = `${TAX}[ram:CategoryCode='${code}' and ram:RateApplicablePercent='${percent}']`;
      const rate = one(`${group}/ram:RateApplicablePercent`);
      const inLines = amounts(`${LINE}[.//ram:ApplicableTradeTax[ram:CategoryCode='${code}' and ram:RateApplicablePercent='${percent}']]//ram:LineTotalAmount`).reduce((a, b) => a + b, 0);
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
    expect(all('//ram:IBANID')).toHaveLength(isToBePaid ? 1 : 0); // BR-50, BR-61
    for (const [at, quantity] of all(`${LINE}//ram:BilledQuantity`).entries()) {
      expect(Number(quantity) * hundredths(all(`${LINE}//ram:ChargeAmount`)[at])).toBe(lines[at]); // BR-24 by its definition of a line's net
    }
  });
}
