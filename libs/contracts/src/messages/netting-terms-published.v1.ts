import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** Terms by which fees are kept of statements. The text is read at settlement; its digest is what is accepted. */
export const NettingTermsPublishedV1 = defineMessage({
  type: 'netting_terms.published.v1',
  from: 'settlement',
  to: [],
  schema: z.strictObject({ version: field.version, sha256: field.sha256, from: field.day }),
  sample: { version: 1, sha256: 'e58c4b5fd4a7bb8a1ed3e5ac5a1bfa4a6a4c0f6f3a1d9b3f8c2f4d5b6a7c8d9e', from: '2026-03-01' },
});
