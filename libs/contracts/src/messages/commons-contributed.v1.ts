import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** A bank credit is a gift to a pool of the commons. Who gave it is not told: the bank's line is with whoever keeps the accounts. */
export const CommonsContributedV1 = defineMessage({
  type: 'commons.contributed.v1',
  from: 'settlement',
  to: [],
  postings: { settlement: '27' },
  schema: z.strictObject({
    /** `general`: the national one; else the id of the programme whose it is. */
    pool: z.string().min(1).max(40),
    custodyAccountId: field.id,
    bankLineId: field.id,
    amountCents: field.amountCents,
    currency: field.currency,
    /** A person said what it is: until then it stood in `bank_unknown`. Left out where the bank's line said so itself. */
    wasUnknown: z.literal(true).optional(),
  }),
  sample: {
    pool: 'general', custodyAccountId: '01900000-0000-7000-8000-000000000001', bankLineId: '01900000-0000-7000-8000-000000000010',
    amountCents: 5_000, currency: 'EUR',
  },
});
