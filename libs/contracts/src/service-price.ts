import { z } from 'zod';
import { field } from './message.js';
import { SERVICE_CODES } from './service-codes.js';

/** What the rules of a programme say of the price of one participation: a least, a most, or both, which may be the same. */
export const servicePrice = z.strictObject({
  service: z.enum(SERVICE_CODES), priceCentsMin: field.amountCents.optional(), priceCentsMax: field.amountCents.optional(),
});
export type ServicePrice = Readonly<z.output<typeof servicePrice>>;

/** Each service at most once; one that is missing has no bound. */
export const servicePrices = z.array(servicePrice).max(SERVICE_CODES.length);
