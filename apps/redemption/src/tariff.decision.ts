// Prices of services: what a place asks for one participation, and what a programme lets it take. Places and programmes
// say what they say without each other; only a redemption brings the two together, so neither has to wait for the other.
import type { ServiceCode, ServicePrice } from '#libs/contracts';
import { cents, minus, plus, reject, toWire, ZERO, type Cents, type LocalDate } from '#libs/kernel';

/** A version that counts from a day on, until one with a higher version does. */
export type Tariff = Readonly<{ version: number; from: LocalDate; price: Cents }>;
/** What a redemption keeps of it for ever. */
export type FrozenTariff = Readonly<{ version: number; price: Cents }>;

/** What the rules of a programme say of the price of a service; both the same: the price is fixed. */
export type PriceBound = Readonly<{ service: ServiceCode; min?: Cents; max?: Cents }>;

export const boundOf = ({ service, priceCentsMin, priceCentsMax }: ServicePrice): PriceBound => ({
  service, ...(priceCentsMin !== undefined && { min: cents(priceCentsMin) }),
  ...(priceCentsMax !== undefined && { max: cents(priceCentsMax) }),
});

/** `tariffs` by falling version. */
export const tariffOn = (tariffs: readonly Tariff[], day: LocalDate): Tariff | undefined => tariffs.find(({ from }) => from <= day);

/** What voucher and citizen pay for one participation; `beside`: what further vouchers do. */
export type Paid = Readonly<{ amount: Cents; coPayment: Cents; beside?: Cents }>;

const total = ({ amount, coPayment, beside = ZERO }: Paid): Cents => plus(plus(amount, coPayment), beside);

/**
 * A place takes no more than the programme allows, nor more than it asks of anybody. Whose tariff is above the bound gives
 * the rest itself, or does not take the voucher; a tariff that nobody declared is unknown, and forbids nothing.
 */
export function priceRefusal(paidFor: Paid, tariff: FrozenTariff | undefined, bound: PriceBound | undefined) {
  const paid = total(paidFor);
  if (bound?.max !== undefined && paid > bound.max) return reject('price_over_bound', { priceCentsMax: toWire(bound.max) });
  if (!tariff) return undefined;
  if (bound?.min !== undefined && tariff.price < bound.min) {
    return reject('tariff_under_bound', { priceCentsMin: toWire(bound.min), tariffCents: toWire(tariff.price) });
  }
  return paid > tariff.price ? reject('price_over_tariff', { tariffCents: toWire(tariff.price) }) : undefined;
}

/** What nobody paid of the tariff. Derived wherever it is shown, so that it cannot come to differ. */
export const givenByPlace = (paid: Paid, { price }: FrozenTariff): Cents => minus(price, total(paid));
