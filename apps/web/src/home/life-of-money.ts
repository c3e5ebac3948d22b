// Where the money of some orders is, in pieces that do not overlap and add up to what was ordered.
export type OrderMoney = Readonly<{ amountCents: number; fundedCents: number; activatedCents: number; redeemedCents: number }>;
export type LifeOfMoney = Readonly<{
  orderedCents: number;
  unpaidCents: number;
  paidCents: number;
  activeCents: number;
  usedCents: number;
}>;

const total = (orders: readonly OrderMoney[], part: (order: OrderMoney) => number): number =>
  orders.reduce((sum, order) => sum + part(order), 0);

/**
 * Cover belongs to a programme and not to an order, so an order may be active before its own money came: what is active
 * counts as paid for then.
 */
export function lifeOfMoney(orders: readonly OrderMoney[]): LifeOfMoney {
  return {
    orderedCents: total(orders, (order) => order.amountCents),
    unpaidCents: total(orders, ({ amountCents, fundedCents, activatedCents }) => amountCents - Math.max(fundedCents, activatedCents)),
    paidCents: total(orders, ({ fundedCents, activatedCents }) => Math.max(0, fundedCents - activatedCents)),
    activeCents: total(orders, ({ activatedCents, redeemedCents }) => activatedCents - redeemedCents),
    usedCents: total(orders, ({ redeemedCents }) => redeemedCents),
  };
}
