import { z } from 'zod';
import { defineMessage, field } from '../message.js';

export const INCIDENT_KINDS = ['overpaid', 'fraud'] as const;

/** A line of a closed statement was wrong: the place owes this much of it, and its value goes back to the payers of the order. */
export const IncidentPostedV1 = defineMessage({
  type: 'incident.posted.v1',
  from: 'settlement',
  to: ['issuance'],
  postings: { settlement: '19', issuance: '19' },
  schema: z.strictObject({
    incidentId: field.id,
    claimLineId: field.id,
    redemptionId: field.id,
    batchId: field.id,
    placeId: field.id,
    kind: z.enum(INCIDENT_KINDS),
    amountCents: field.amountCents,
    currency: field.currency,
    /** Whose money it is. Absent before the ledgers were restated from messages. */
    custodyAccountId: field.id.optional(),
    /** It counts in the payee's first statement that reaches this number. */
    dueSeq: z.number().int().positive(),
  }),
  sample: {
    incidentId: '01900000-0000-7000-8000-000000000012', claimLineId: '01900000-0000-7000-8000-000000000010',
    redemptionId: '01900000-0000-7000-8000-00000000000a', batchId: '01900000-0000-7000-8000-000000000008',
    placeId: '01900000-0000-7000-8000-000000000002', kind: 'overpaid', amountCents: 300, currency: 'EUR', dueSeq: 4101,
  },
});
