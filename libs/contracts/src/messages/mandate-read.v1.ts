import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** Somebody of an auditing body asked a service for something under mandates. Written before it is answered. */
export const MandateReadV1 = defineMessage({
  type: 'mandate.read.v1',
  from: 'each',
  to: [],
  schema: z.strictObject({
    mandateIds: z.array(field.id).min(1).max(5),
    organisationId: field.id,
    userId: field.id,
    method: z.string().max(10),
    route: z.string().max(200),
    /** The address with its question, cut after 500 characters. */
    asked: z.string().max(500),
  }),
  sample: {
    mandateIds: ['01900000-0000-7000-8000-000000000041'], organisationId: '01900000-0000-7000-8000-000000000042',
    userId: '01900000-0000-7000-8000-0000000000f3', method: 'GET', route: '/settlement/statements', asked: '/settlement/statements?limit=50',
  },
});
