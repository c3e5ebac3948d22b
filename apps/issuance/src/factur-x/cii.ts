// An invoice or credit note as UN/CEFACT Cross Industry Invoice, profile EN 16931 of Factur-X. The order of elements is
// that of the schema. The same content gives the same bytes.
import { create } from 'xmlbuilder2';
import type { LocalDate } from '#libs/kernel';
import { totalCents, type Buyer, type InvoiceContent, type InvoiceLine, type Seller } from '../invoices/invoice-content.decision.js';
import { decimal } from './decimal.js';
import { wordsFor } from './invoice-words.js';

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
/** UNTDID 4461: a credit transfer; whatever the payer has of the kind. UNECE Rec 20: one piece. */
const [CREDIT_TRANSFER, PIECE] = ['30', 'C62'];

export function ciiOf(content: InvoiceContent): string {
  const { kind, number, issuedOn } = content;
  if (kind === 'quote') throw new RangeError('a quote is no invoice, and has no XML');
  const document: Node = {
    'rsm:CrossIndustryInvoice': {
      ...NAMESPACES,
      'rsm:ExchangedDocumentContext': { 'ram:GuidelineSpecifiedDocumentContextParameter': { 'ram:ID': EN16931 } },
      'rsm:ExchangedDocument': {
        'ram:ID': number, 'ram:TypeCode': TYPE_CODES[kind], 'ram:IssueDateTime': date('udt', issuedOn), 'ram:IncludedNote': notes(content),
      },
      'rsm:SupplyChainTradeTransaction': {
        'ram:IncludedSupplyChainTradeLineItem': content.lines.map((line, at) => lineItem(content, line, at)),
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

/** UNTDID 4451: what France wants told besides: penalties, the fixed indemnity, no discount, and who the seller is. */
function notes(content: InvoiceContent): Node[] {
  const words = wordsFor('fr');
  const { penalties, indemnity, discount } = words.legal;
  const subjects: readonly [string, string][] = content.kind === 'invoice'
    ? [['PMD', penalties], ['PMT', indemnity], ['AAB', discount], ['REG', words.sellerLine(content.seller)]]
    : [['REG', words.sellerLine(content.seller)], ['ACB', words.creditReason(content)]];
  return subjects.map(([code, text]) => ({ 'ram:Content': text, 'ram:SubjectCode': code }));
}

function lineItem(content: InvoiceContent, line: InvoiceLine, at: number): Node {
  return {
    'ram:AssociatedDocumentLineDocument': { 'ram:LineID': String(at + 1) },
    'ram:SpecifiedTradeProduct': { 'ram:Name': wordsFor('fr').lineLabel(content, line) },
    'ram:SpecifiedLineTradeAgreement': { 'ram:NetPriceProductTradePrice': { 'ram:ChargeAmount': decimal(line.unitCents) } },
    'ram:SpecifiedLineTradeDelivery': { 'ram:BilledQuantity': { '@unitCode': PIECE, '#': String(line.quantity) } },
    'ram:SpecifiedLineTradeSettlement': {
      'ram:ApplicableTradeTax': { 'ram:TypeCode': 'VAT', ...category(content, line.kind === 'face') },
      'ram:SpecifiedTradeSettlementLineMonetarySummation': { 'ram:LineTotalAmount': decimal(line.netCents) },
    },
  };
}

/**
 * The face value bears no VAT. It stands as exempt (E) with its reason: category O, "outside the scope", may not stand
 * beside another category on one invoice (BR-O-11), nor with the seller's VAT number (BR-O-02), which the law wants.
 * A fee at 0 % is exempt as well, as the rule that sets it says.
 */
function category({ vatBasisPoints }: Pick<InvoiceContent, 'vatBasisPoints'>, isFace: boolean): Node {
  const taxed = !isFace && vatBasisPoints > 0;
  return { 'ram:CategoryCode': taxed ? 'S' : 'E', 'ram:RateApplicablePercent': decimal(taxed ? vatBasisPoints : 0) };
}

function agreement({ serviceCode, seller, buyer, engagementNumber, orderReference }: InvoiceContent): Node {
  return {
    'ram:BuyerReference': serviceCode ?? undefined,
    'ram:SellerTradeParty': sellerParty(seller),
    'ram:BuyerTradeParty': buyerParty(buyer),
    'ram:SellerOrderReferencedDocument': orderReference === null ? undefined : { 'ram:IssuerAssignedID': orderReference },
    'ram:BuyerOrderReferencedDocument': engagementNumber === null ? undefined : { 'ram:IssuerAssignedID': engagementNumber },
  };
}

const sellerParty = ({ name, legalForm, siren, address, vatNumber }: Seller): Node => ({
  'ram:Name': name, 'ram:Description': legalForm,
  'ram:SpecifiedLegalOrganization': { 'ram:ID': { '@schemeID': SIREN_SCHEME, '#': siren } },
  'ram:PostalTradeAddress': postal(address), 'ram:SpecifiedTaxRegistration': vatRegistration(vatNumber),
});

const buyerParty = ({ name, siren, siret, address, vatNumber }: Buyer): Node => ({
  'ram:GlobalID': siret === null ? undefined : { '@schemeID': SIRET_SCHEME, '#': siret },
  'ram:Name': name,
  'ram:SpecifiedLegalOrganization': { 'ram:ID': { '@schemeID': SIREN_SCHEME, '#': siren } },
  'ram:PostalTradeAddress': postal(address),
  'ram:SpecifiedTaxRegistration': vatNumber === null ? undefined : vatRegistration(vatNumber),
});

const vatRegistration = (number: string): Node => ({ 'ram:ID': { '@schemeID': 'VA', '#': number } });

const postal = ({ street, streetMore, postalCode, city, country }: Buyer['address']): Node => ({
  'ram:PostcodeCode': postalCode, 'ram:LineOne': street, 'ram:LineTwo': streetMore ?? undefined, 'ram:CityName': city, 'ram:CountryID': country,
});

function settlement(content: InvoiceContent): Node {
  const { payTo, currency, dueOn, cites } = content;
  return {
    'ram:PaymentReference': payTo.reference ?? undefined,
    'ram:InvoiceCurrencyCode': currency,
    'ram:PayeeTradeParty': payTo.name === content.seller.name ? undefined : { 'ram:Name': payTo.name },
    'ram:SpecifiedTradeSettlementPaymentMeans': {
      'ram:TypeCode': CREDIT_TRANSFER, 'ram:PayeePartyCreditorFinancialAccount': { 'ram:IBANID': payTo.iban, 'ram:AccountName': payTo.name },
      'ram:PayeeSpecifiedCreditorFinancialInstitution': payTo.bic === null ? undefined : { 'ram:BICID': payTo.bic },
    },
    'ram:ApplicableTradeTax': taxes(content),
    'ram:SpecifiedTradePaymentTerms': dueOn === null ? undefined : { 'ram:DueDateDateTime': date('udt', dueOn) },
    'ram:SpecifiedTradeSettlementHeaderMonetarySummation': summation(content),
    'ram:InvoiceReferencedDocument': cites === null ? undefined
      : { 'ram:IssuerAssignedID': cites.number, 'ram:FormattedIssueDateTime': date('qdt', cites.issuedOn) },
  };
}

/** One group per category and rate: what is exempt, and what bears the rate of the fee. */
function taxes(content: InvoiceContent): Node[] {
  const { faceCents, feeCents, vatCents, vatBasisPoints } = content;
  const exempt = vatBasisPoints > 0 ? faceCents : faceCents + feeCents;
  const group = (basis: number, tax: number, isFace: boolean): Node => {
    const { 'ram:CategoryCode': code, 'ram:RateApplicablePercent': rate } = category(content, isFace);
    return {
      'ram:CalculatedAmount': decimal(tax), 'ram:TypeCode': 'VAT',
      'ram:ExemptionReason': isFace ? wordsFor('fr').exemption(content) : undefined,
      'ram:BasisAmount': decimal(basis), 'ram:CategoryCode': code, 'ram:RateApplicablePercent': rate,
    };
  };
  return [
    ...(exempt > 0 ? [group(exempt, 0, true)] : []),
    ...(vatBasisPoints > 0 && feeCents > 0 ? [group(feeCents, vatCents, false)] : []),
  ];
}

function summation(content: InvoiceContent): Node {
  const { faceCents, feeCents, vatCents, currency } = content;
  const [net, total] = [decimal(faceCents + feeCents), decimal(totalCents(content))];
  return {
    'ram:LineTotalAmount': net, 'ram:TaxBasisTotalAmount': net, 'ram:TaxTotalAmount': { '@currencyID': currency, '#': decimal(vatCents) },
    'ram:GrandTotalAmount': total, 'ram:DuePayableAmount': total,
  };
}
