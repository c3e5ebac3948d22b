// An invoice or credit note as UN/CEFACT Cross Industry Invoice, profile EN 16931 of Factur-X. The order of elements is
// that of the schema. The same content gives the same bytes.
import { create } from 'xmlbuilder2';
import type { LocalDate } from '#libs/kernel';
import { decimal } from './decimal.js';
import type { FacturX, FacturXAddress, FacturXLine, FacturXParty, FacturXTax } from './factur-x.js';

/** An element: its children in order; undefined children are left out. */
type Node = { [name: string]: Node | readonly Node[] | string | undefined };

export const EN16931 = 'urn:cen.eu:en16931:2017';
const NAMESPACES = {
  '@xmlns:rsm': 'urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100',
  '@xmlns:ram': 'urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100',
  '@xmlns:udt': 'urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100',
  '@xmlns:qdt': 'urn:un:unece:uncefact:data:standard:QualifiedDataType:100',
};
/** UNTDID 1001. */
const TYPE_CODES = { invoice: '380', credit_note: '381' } as const;
/** ISO 6523: a SIREN, and a SIRET. */
const [SIREN_SCHEME, SIRET_SCHEME] = ['0002', '0009'];
/** UNTDID 4461: a credit transfer, whatever the payer has of the kind; clearing between partners. UNECE Rec 20: one piece. */
const [CREDIT_TRANSFER, CLEARING, PIECE] = ['30', '97', 'C62'];

export function ciiOf(content: FacturX): string {
  const { kind, number, issuedOn, notes } = content;
  const document: Node = {
    'rsm:CrossIndustryInvoice': {
      ...NAMESPACES,
      'rsm:ExchangedDocumentContext': { 'ram:GuidelineSpecifiedDocumentContextParameter': { 'ram:ID': EN16931 } },
      'rsm:ExchangedDocument': {
        'ram:ID': number, 'ram:TypeCode': TYPE_CODES[kind], 'ram:IssueDateTime': date('udt', issuedOn),
        'ram:IncludedNote': notes.map(({ code, text }) => ({ 'ram:Content': text, 'ram:SubjectCode': code })),
      },
      'rsm:SupplyChainTradeTransaction': {
        'ram:IncludedSupplyChainTradeLineItem': content.lines.map(lineItem),
        'ram:ApplicableHeaderTradeAgreement': agreement(content),
        'ram:ApplicableHeaderTradeDelivery': {},
        'ram:ApplicableHeaderTradeSettlement': settlement(content),
      },
    },
  };
  // Names are written by people: what XML cannot carry at all becomes a blank instead of a file that nobody can open.
  return create({ version: '1.0', encoding: 'UTF-8', invalidCharReplacement: ' ' }, withoutUndefined(document)).end({ prettyPrint: true });
}

/** xmlbuilder2 writes an undefined child as an empty element. */
function withoutUndefined(node: Node): Node {
  const entries = Object.entries(node).filter(([, child]) => child !== undefined).map(([name, child]) => {
    if (Array.isArray(child)) return [name, child.map((one: Node) => withoutUndefined(one))];
    return [name, typeof child === 'string' ? child : withoutUndefined(child as Node)];
  });
  return Object.fromEntries(entries) as Node;
}

function date(type: 'udt' | 'qdt', day: LocalDate): Node {
  return { [`${type}:DateTimeString`]: { '@format': '102', '#': day.replaceAll('-', '') } };
}

const lineItem = ({ name, unitCents, quantity, netCents, vatBasisPoints }: FacturXLine, at: number): Node => ({
  'ram:AssociatedDocumentLineDocument': { 'ram:LineID': String(at + 1) },
  'ram:SpecifiedTradeProduct': { 'ram:Name': name },
  'ram:SpecifiedLineTradeAgreement': { 'ram:NetPriceProductTradePrice': { 'ram:ChargeAmount': decimal(unitCents) } },
  'ram:SpecifiedLineTradeDelivery': { 'ram:BilledQuantity': { '@unitCode': PIECE, '#': String(quantity) } },
  'ram:SpecifiedLineTradeSettlement': {
    'ram:ApplicableTradeTax': { 'ram:TypeCode': 'VAT', ...category(vatBasisPoints) },
    'ram:SpecifiedTradeSettlementLineMonetarySummation': { 'ram:LineTotalAmount': decimal(netCents) },
  },
});

const category = (vatBasisPoints: number): Node =>
  ({ 'ram:CategoryCode': vatBasisPoints > 0 ? 'S' : 'E', 'ram:RateApplicablePercent': decimal(vatBasisPoints) });

const agreement = ({ buyerReference, seller, buyer, sellerOrder, buyerOrder }: FacturX): Node => ({
  'ram:BuyerReference': buyerReference ?? undefined,
  'ram:SellerTradeParty': party(seller),
  'ram:BuyerTradeParty': party(buyer),
  'ram:SellerOrderReferencedDocument': sellerOrder === null ? undefined : { 'ram:IssuerAssignedID': sellerOrder },
  'ram:BuyerOrderReferencedDocument': buyerOrder === null ? undefined : { 'ram:IssuerAssignedID': buyerOrder },
});

const party = ({ name, description, siren, siret, address, vatNumber }: FacturXParty): Node => ({
  'ram:GlobalID': siret === null ? undefined : { '@schemeID': SIRET_SCHEME, '#': siret },
  'ram:Name': name, 'ram:Description': description ?? undefined,
  'ram:SpecifiedLegalOrganization': { 'ram:ID': { '@schemeID': SIREN_SCHEME, '#': siren } },
  'ram:PostalTradeAddress': postal(address),
  'ram:SpecifiedTaxRegistration': vatNumber === null ? undefined : { 'ram:ID': { '@schemeID': 'VA', '#': vatNumber } },
});

const postal = ({ street, streetMore, postalCode, city, country }: FacturXAddress): Node => ({
  'ram:PostcodeCode': postalCode ?? undefined, 'ram:LineOne': street, 'ram:LineTwo': streetMore ?? undefined, 'ram:CityName': city ?? undefined,
  'ram:CountryID': country,
});

function settlement(content: FacturX): Node {
  const { payment, seller, currency, dueOn, taxes, cites } = content;
  const transfer = payment?.by === 'transfer' ? payment : null;
  return {
    'ram:PaymentReference': transfer?.reference ?? undefined,
    'ram:InvoiceCurrencyCode': currency,
    'ram:PayeeTradeParty': transfer === null || transfer.name === seller.name ? undefined : { 'ram:Name': transfer.name },
    'ram:SpecifiedTradeSettlementPaymentMeans': meansOf(payment),
    'ram:ApplicableTradeTax': taxes.map(tax),
    'ram:SpecifiedTradePaymentTerms': dueOn === null ? undefined : { 'ram:DueDateDateTime': date('udt', dueOn) },
    'ram:SpecifiedTradeSettlementHeaderMonetarySummation': summation(content),
    'ram:InvoiceReferencedDocument': cites === null ? undefined
      : { 'ram:IssuerAssignedID': cites.number, 'ram:FormattedIssueDateTime': date('qdt', cites.issuedOn) },
  };
}

function meansOf(payment: FacturX['payment']): Node | undefined {
  if (payment === null) return undefined;
  if (payment.by === 'clearing') return { 'ram:TypeCode': CLEARING };
  const { name, iban, bic } = payment;
  return {
    'ram:TypeCode': CREDIT_TRANSFER, 'ram:PayeePartyCreditorFinancialAccount': { 'ram:IBANID': iban, 'ram:AccountName': name },
    'ram:PayeeSpecifiedCreditorFinancialInstitution': bic === null ? undefined : { 'ram:BICID': bic },
  };
}

/** One group per category and rate. */
function tax({ vatBasisPoints, basisCents, vatCents, exemption }: FacturXTax): Node {
  const { 'ram:CategoryCode': code, 'ram:RateApplicablePercent': rate } = category(vatBasisPoints);
  return {
    'ram:CalculatedAmount': decimal(vatCents), 'ram:TypeCode': 'VAT', 'ram:ExemptionReason': exemption ?? undefined,
    'ram:BasisAmount': decimal(basisCents), 'ram:CategoryCode': code, 'ram:RateApplicablePercent': rate,
  };
}

function summation({ netCents, vatCents, totalCents, prepaidCents, currency }: FacturX): Node {
  return {
    'ram:LineTotalAmount': decimal(netCents), 'ram:TaxBasisTotalAmount': decimal(netCents),
    'ram:TaxTotalAmount': { '@currencyID': currency, '#': decimal(vatCents) }, 'ram:GrandTotalAmount': decimal(totalCents),
    'ram:TotalPrepaidAmount': prepaidCents === 0 ? undefined : decimal(prepaidCents), 'ram:DuePayableAmount': decimal(totalCents - prepaidCents),
  };
}
