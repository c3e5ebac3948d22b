import { z } from 'zod';
import { defineMessage, field } from '../message.js';
import { SERVICE_CODES } from '../service-codes.js';

/** What a place asks for one participation in a service, from a day on until a higher version counts. Told when it counts for sure. */
export const TariffPublishedV1 = defineMessage({
  type: 'tariff.published.v1',
  from: 'redemption',
  to: [],
  schema: z.strictObject({
    tariffId: field.id,
    placeId: field.id,
    service: z.enum(SERVICE_CODES),
    version: field.version,
    from: field.day,
    priceCents: field.amountCents,
    currency: field.currency,
  }),
  sample: {
    tariffId: '01900000-0000-7000-8000-0000000000f1', placeId: '01900000-0000-7000-8000-000000000002', service: 'everyday_tools',
    version: 1, from: '2026-03-10', priceCents: 1500, currency: 'EUR',
  },
});
