import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** A second person stood for a member of the operator, who acts for it from now on. Who did is the actor. */
export const MemberConfirmedV1 = defineMessage({
  type: 'member.confirmed.v1',
  from: 'identity',
  to: [],
  schema: z.strictObject({ organisationId: field.id, userId: field.id }),
  sample: { organisationId: '01900000-0000-7000-8000-000000000043', userId: '01900000-0000-7000-8000-0000000000f3' },
});
