import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** Whoever gave a mandate took it back before its last day. Who did is the actor. */
export const MandateEndedV1 = defineMessage({
  type: 'mandate.ended.v1',
  from: 'identity',
  to: [],
  schema: z.strictObject({ mandateId: field.id, organisationId: field.id }),
  sample: { mandateId: '01900000-0000-7000-8000-000000000041', organisationId: '01900000-0000-7000-8000-000000000042' },
});
