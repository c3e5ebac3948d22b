import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** A membership ended by somebody's will: its person no longer acts for it. Other roles are another `member.added` after it. */
export const MemberRemovedV1 = defineMessage({
  type: 'member.removed.v1',
  from: 'identity',
  to: [],
  schema: z.strictObject({ organisationId: field.id, userId: field.id }),
  sample: { organisationId: '01900000-0000-7000-8000-000000000043', userId: '01900000-0000-7000-8000-0000000000f3' },
});
