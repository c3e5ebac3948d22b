import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** A passkey of somebody was added by them, or ended: by them, or with what it stood for by whoever is the actor. */
export const PasskeyChangedV1 = defineMessage({
  type: 'passkey.changed.v1',
  from: 'identity',
  to: [],
  schema: z.strictObject({ userId: field.id, passkeyId: field.id, step: z.enum(['added', 'ended']) }),
  sample: { userId: '01900000-0000-7000-8000-0000000000f3', passkeyId: '01900000-0000-4000-8000-000000000045', step: 'added' },
});
