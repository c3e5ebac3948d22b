import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** An auditing body may look, at all or at what is named, on these days (both included); an empty list narrows nothing. */
export const MandateGivenV1 = defineMessage({
  type: 'mandate.given.v1',
  from: 'identity',
  to: [],
  schema: z.strictObject({
    mandateId: field.id,
    organisationId: field.id,
    programmeIds: z.array(field.id).max(10),
    payerIds: z.array(field.id).max(10),
    from: field.day,
    until: field.day,
    /** Two people of the operator, or one of the payer that is named. */
    givenBy: z.array(field.id).min(1).max(2),
    /** Left out: the operator gave it. */
    payerId: field.id.optional(),
  }),
  sample: {
    mandateId: '01900000-0000-7000-8000-000000000041', organisationId: '01900000-0000-7000-8000-000000000042', programmeIds: [], payerIds: [],
    from: '2026-03-01', until: '2026-06-30', givenBy: ['01900000-0000-7000-8000-0000000000f1', '01900000-0000-7000-8000-0000000000f2'],
  },
});
