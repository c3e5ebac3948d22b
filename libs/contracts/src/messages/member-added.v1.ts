import { z } from 'zod';
import { defineMessage, field } from '../message.js';
import { ORGANISATION_KINDS_TOLD } from './organisation-created.v1.js';

/** A person has roles at an organisation; at the operator only once somebody else has confirmed it. Who added is the actor. */
export const MemberAddedV1 = defineMessage({
  type: 'member.added.v1',
  from: 'identity',
  to: [],
  schema: z.strictObject({
    organisationId: field.id, userId: field.id, kind: z.enum(ORGANISATION_KINDS_TOLD), roles: z.array(z.string().max(20)).min(1).max(10),
  }),
  sample: {
    organisationId: '01900000-0000-7000-8000-000000000043', userId: '01900000-0000-7000-8000-0000000000f3', kind: 'operator', roles: ['approver'],
  },
});
