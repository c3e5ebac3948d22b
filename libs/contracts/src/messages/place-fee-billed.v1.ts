import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** The fee of a statement is owed beside it, or what came back of it is owed to the payee: it accepted no netting. */
export const PlaceFeeBilledV1 = defineMessage({
  type: 'place_fee.billed.v1',
  from: 'settlement',
  to: [],
  postings: { settlement: '13' },
  schema: z.strictObject({
    statementId: field.id,
    payeeId: field.id,
    custodyAccountId: field.id,
    /** Below zero: more fee came back, by incidents, than became due. */
    feeCents: z.number().int(),
    vatCents: z.number().int(),
    currency: field.currency,
  }),
  sample: {
    statementId: '01900000-0000-7000-8000-00000000000c', payeeId: '01900000-0000-7000-8000-000000000004',
    custodyAccountId: '01900000-0000-7000-8000-0000000000aa', feeCents: 20, vatCents: 4, currency: 'EUR',
  },
});
