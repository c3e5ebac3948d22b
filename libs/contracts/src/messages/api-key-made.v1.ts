import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** Somebody of an organisation made a key by which a program asks for it, with these scopes. Who made it is the actor. */
export const ApiKeyMadeV1 = defineMessage({
  type: 'api_key.made.v1',
  from: 'identity',
  to: [],
  schema: z.strictObject({
    apiKeyId: field.id, organisationId: field.id, scopes: z.array(z.string().max(40)).min(1).max(10), expiresAt: field.instant,
  }),
  sample: {
    apiKeyId: '01900000-0000-7000-8000-000000000076', organisationId: '01900000-0000-7000-8000-000000000043', scopes: ['redemptions.read'],
    expiresAt: '2027-03-10T12:00:00.000Z',
  },
});
