import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/**
 * Somebody of the operator looks as an organisation in this role, until this moment at most, and changes nothing. Who is the actor; why
 * stays in identity.
 */
export const ImpersonationBegunV1 = defineMessage({
  type: 'impersonation.begun.v1',
  from: 'identity',
  to: [],
  schema: z.strictObject({
    impersonationId: field.id, organisationId: field.id, userId: field.id, role: z.string().max(20), expiresAt: field.instant,
  }),
  sample: {
    impersonationId: '01900000-0000-7000-8000-000000000077', organisationId: '01900000-0000-7000-8000-000000000043',
    userId: '01900000-0000-7000-8000-0000000000f3', role: 'manager', expiresAt: '2026-03-10T12:15:00.000Z',
  },
});
