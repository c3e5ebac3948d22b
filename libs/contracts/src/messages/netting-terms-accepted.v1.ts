import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** Somebody who manages a place accepted terms of netting for its payee. Who did is the actor. */
export const NettingTermsAcceptedV1 = defineMessage({
  type: 'netting_terms.accepted.v1',
  from: 'settlement',
  to: [],
  schema: z.strictObject({ payeeId: field.id, placeId: field.id, version: field.version, sha256: field.sha256 }),
  sample: {
    payeeId: '01900000-0000-7000-8000-000000000004', placeId: '01900000-0000-7000-8000-000000000002', version: 1,
    sha256: 'e58c4b5fd4a7bb8a1ed3e5ac5a1bfa4a6a4c0f6f3a1d9b3f8c2f4d5b6a7c8d9e',
  },
});
