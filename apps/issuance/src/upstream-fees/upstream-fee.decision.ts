// What an order costs its payers beside the face value. The fee is taken on the order's total and the VAT on the fee, each
// rounded once; both are then split over the payers by largest remainder, so that the shares add up to the cent.
import { cents, minus, plus, rateOf, split, sum, ZERO, type Cents } from '#libs/kernel';

export const VAT_REGIMES = ['out_of_scope', 'multi_purpose', 'exempt'] as const;
/** Why the face value bears no VAT on the invoice: out of scope (a special payment title), multi-purpose, an exempt service. */
export type VatRegime = (typeof VAT_REGIMES)[number];

export type FeeService = Readonly<{ label: string; amount: Cents }>;
/** `orderMax`: most of one order. `agreementMax`: most of all orders of the programme together. Both without VAT. */
export type FeeCaps = Readonly<{ orderMax: Cents | null; agreementMax: Cents | null }>;
export type FeeTerms = Readonly<{
  feeBasisPoints: number; vatBasisPoints: number; vatRegime: VatRegime;
  /** Of the law, as invoices cite it: by which the face value bears no VAT. */
  vatProvision: string | null;
  services: readonly FeeService[]; caps: FeeCaps;
}>;
/** What no rule charges. */
export const NO_FEE: FeeTerms = {
  feeBasisPoints: 0, vatBasisPoints: 0, vatRegime: 'out_of_scope', vatProvision: null, services: [], caps: { orderMax: null, agreementMax: null },
};

/** A line of the fee: the part of the face value (no label of its own), or a service by its label. */
export type FeeLine = Readonly<{ label: string | null; net: Cents }>;
export type OrderFee = Readonly<{ lines: readonly FeeLine[]; net: Cents; vat: Cents; capped: 'order' | 'agreement' | null }>;

/** `charged` is what the programme's invoices have taken before, less what credit notes gave back. */
export function feeOf(terms: FeeTerms, orderTotal: Cents, charged: Cents): OrderFee {
  const asked: FeeLine[] = [
    { label: null, net: rateOf(orderTotal, terms.feeBasisPoints) },
    ...terms.services.map(({ label, amount }) => ({ label, net: amount })),
  ];
  const whole = sum(asked.map(({ net }) => net));
  const { room, capped } = roomIn(terms.caps, charged, whole);
  const lines = shortened(asked, minus(whole, room)).filter(({ net }) => net > 0n);
  return { lines, net: room, vat: rateOf(room, terms.vatBasisPoints), capped };
}

function roomIn({ orderMax, agreementMax }: FeeCaps, charged: Cents, whole: Cents): { room: Cents; capped: OrderFee['capped'] } {
  const left = agreementMax === null ? null : agreementMax > charged ? minus(agreementMax, charged) : ZERO;
  const byOrder = orderMax !== null && orderMax < whole ? orderMax : whole;
  if (left !== null && left < byOrder) return { room: left, capped: 'agreement' };
  return { room: byOrder, capped: byOrder < whole ? 'order' : null };
}

/** What a cap takes away comes off the part of the face value first, then off the services, the last before the others. */
function shortened(lines: readonly FeeLine[], excess: Cents): FeeLine[] {
  const [first, ...services] = lines;
  let left = excess;
  const shorten = (line: FeeLine): FeeLine => {
    const taken = line.net < left ? line.net : left;
    left = minus(left, taken);
    return { ...line, net: minus(line.net, taken) };
  };
  const rate = shorten(first!);
  return [rate, ...services.reverse().map(shorten).reverse()];
}

/** A quote binds: the invoices of its order charge no more, whatever room a cap has got meanwhile. Null: not quoted. */
export function atMostQuoted(terms: FeeTerms, quoted: Cents | null): FeeTerms {
  const { caps } = terms;
  const binds = quoted !== null && (caps.orderMax === null || quoted < caps.orderMax);
  return binds ? { ...terms, caps: { ...caps, orderMax: quoted } } : terms;
}

export type PayerFee = Readonly<{ lines: readonly FeeLine[]; net: Cents; vat: Cents }>;

/**
 * In the order of `weights`, what each payer bears of the face value. Each line is split by them, and the VAT by the fees
 * that come of it: what a payer's VAT is off from its own rate is less than a cent and a half.
 */
export function payerFees({ lines, vat }: OrderFee, weights: readonly Cents[]): PayerFee[] {
  const parts = lines.map(({ label, net }) => ({ label, parts: split(net, weights) }));
  const nets = weights.map((_, at) => sum(parts.map((line) => line.parts[at]!)));
  const vats = nets.some((net) => net > 0n) ? split(vat, nets) : weights.map(() => ZERO);
  return weights.map((_, at) => ({
    lines: parts.map((line) => ({ label: line.label, net: line.parts[at]! })).filter(({ net }) => net > 0n),
    net: nets[at]!, vat: vats[at]!,
  }));
}

export const feeDue = ({ net, vat }: PayerFee): Cents => plus(net, vat);

/** The most that an agreement lets be charged: so many basis points of its amount. */
export const agreementMaxOf = (agreement: Readonly<{ cents: number; basisPoints: number }> | null): Cents | null =>
  agreement && rateOf(cents(agreement.cents), agreement.basisPoints);
