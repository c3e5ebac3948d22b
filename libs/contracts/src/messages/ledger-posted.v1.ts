import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** For every posting that has no event of its own: so that audit knows the event id of every transfer there is. */
export const LedgerPostedV1 = defineMessage({
  type: 'ledger.posted.v1',
  from: 'each',
  to: [],
  schema: z.strictObject({
    postingRule: z.string().max(4),
    reference: z.string().max(100),
    /** Of all its transfers. Absent before the ledgers were restated from messages. */
    custodyAccountId: field.id.optional(),
    transfers: z.array(z.strictObject({
      line: field.index,
      debit: z.string().max(120),
      credit: z.string().max(120),
      amountCents: field.amountCents,
      currency: field.currency,
      reverses: z.strictObject({ eventId: field.id, line: field.index }).nullable(),
    })).min(1).max(100),
  }),
  sample: {
    postingRule: '18', reference: 'bankLine:01900000-0000-7000-8000-000000000005',
    transfers: [{
      line: 0, debit: 'bank_fees', credit: 'bank:01900000-0000-7000-8000-0000000000aa', amountCents: 120,
      currency: 'EUR', reverses: null,
    }],
  },
});
