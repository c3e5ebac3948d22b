import { z } from 'zod';
import { defineMessage, field } from '../message.js';

export const RangeSpendableV1 = defineMessage({
  type: 'range.spendable.v1',
  from: 'redemption',
  to: ['issuance'],
  schema: z.strictObject({ activationId: field.id, batchId: field.id, amountCents: field.amountCents, currency: field.currency }),
  sample: {
    activationId: '01900000-0000-7000-8000-000000000009', batchId: '01900000-0000-7000-8000-000000000008',
    amountCents: 10000, currency: 'EUR',
  },
});
