// A rule before it applies: what it would charge for an order that somebody has in mind, and what it would have charged
// for the orders of a past time, one after the other as its caps fill, beside what they were charged.
import { plus, sum, ZERO, type Cents, type OrderId } from '#libs/kernel';
import { feeOf, payerFees, type FeeTerms, type OrderFee, type PayerFee } from './upstream-fee.decision.js';

export type SampleFee = Readonly<{ fee: OrderFee; payers: readonly PayerFee[] }>;
export type OrderBefore = Readonly<{ orderId: OrderId; total: Cents; charged: Cents; vat: Cents }>;
export type OrderThen = OrderBefore & Readonly<{ wouldCharge: Cents; wouldVat: Cents; capped: OrderFee['capped'] }>;
export type WindowFees = Readonly<{ orders: readonly OrderThen[]; charged: Cents; vat: Cents; wouldCharge: Cents; wouldVat: Cents }>;
export type SimulatedFees = Readonly<{ sample: SampleFee | null; window: WindowFees | null }>;

/** As if it were the first order of the agreement. */
export function simulateSample(terms: FeeTerms, { total, weights }: Readonly<{ total: Cents; weights: readonly Cents[] }>): SampleFee {
  const fee = feeOf(terms, total, ZERO);
  return { fee, payers: payerFees(fee, weights) };
}

export function simulateWindow(terms: FeeTerms, orders: readonly OrderBefore[]): WindowFees {
  let charged = ZERO;
  const then = orders.map((order): OrderThen => {
    const { net, vat, capped } = feeOf(terms, order.total, charged);
    charged = plus(charged, net);
    return { ...order, wouldCharge: net, wouldVat: vat, capped };
  });
  const total = (of: (order: OrderThen) => Cents) => sum(then.map(of));
  return {
    orders: then, charged: total((order) => order.charged), vat: total((order) => order.vat),
    wouldCharge: charged, wouldVat: total((order) => order.wouldVat),
  };
}
