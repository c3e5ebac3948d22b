import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** A place gave up an authorisation: it is confirmed no more, and what it still held can be used again. No money moves. */
export const VoucherReleasedV1 = defineMessage({
  type: 'voucher.released.v1',
  from: 'redemption',
  to: [],
  schema: z.strictObject({
    authorisationId: field.id,
    voucherId: field.id,
    batchId: field.id,
    placeId: field.id,
    amountCents: field.amountCents,
    currency: field.currency,
    cancelledAt: field.instant,
  }),
  sample: {
    authorisationId: '01900000-0000-7000-8000-00000000000c', voucherId: '01900000-0000-7000-8000-00000000000b',
    batchId: '01900000-0000-7000-8000-000000000008', placeId: '01900000-0000-7000-8000-000000000002',
    amountCents: 1000, currency: 'EUR', cancelledAt: '2026-03-10T09:40:00.000Z',
  },
});
