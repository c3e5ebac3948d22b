import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** A key ended by somebody's will: no program asks by it any more. One that grows too old ends without this. */
export const ApiKeyEndedV1 = defineMessage({
  type: 'api_key.ended.v1',
  from: 'identity',
  to: [],
  schema: z.strictObject({ apiKeyId: field.id, organisationId: field.id }),
  sample: { apiKeyId: '01900000-0000-7000-8000-000000000076', organisationId: '01900000-0000-7000-8000-000000000043' },
});
