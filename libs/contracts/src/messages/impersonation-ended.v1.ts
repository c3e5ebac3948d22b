import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** It ended before its time: by its person, with their sign-in, or with their right. Of one that ran out nothing is said. */
export const ImpersonationEndedV1 = defineMessage({
  type: 'impersonation.ended.v1',
  from: 'identity',
  to: [],
  schema: z.strictObject({ impersonationId: field.id, organisationId: field.id, userId: field.id, by: z.enum(['person', 'sign_out', 'right']) }),
  sample: {
    impersonationId: '01900000-0000-7000-8000-000000000077', organisationId: '01900000-0000-7000-8000-000000000043',
    userId: '01900000-0000-7000-8000-0000000000f3', by: 'person',
  },
});
