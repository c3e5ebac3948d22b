import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/**
 * Somebody who looks as an organisation asked a service for something. Written before it is answered; identity shows it to the
 * organisation.
 */
export const ImpersonationReadV1 = defineMessage({
  type: 'impersonation.read.v1',
  from: 'each',
  to: ['identity'],
  schema: z.strictObject({
    impersonationId: field.id,
    organisationId: field.id,
    userId: field.id,
    method: z.string().max(10),
    route: z.string().max(200),
    /** The address with its question, cut after 500 characters; what somebody typed is told as `…`. */
    asked: z.string().max(500),
  }),
  sample: {
    impersonationId: '01900000-0000-7000-8000-000000000077', organisationId: '01900000-0000-7000-8000-000000000043',
    userId: '01900000-0000-7000-8000-0000000000f3', method: 'GET', route: '/settlement/statements', asked: '/settlement/statements?limit=50',
  },
});
