import { z } from 'zod';
import { defineMessage, field } from '../message.js';

/** Somebody had the codes of `first..last` written out: told each time, also when one key asks again. Holds no code. */
export const PrintFileTakenV1 = defineMessage({
  type: 'print_file.taken.v1',
  from: 'issuance',
  to: [],
  schema: z.strictObject({
    downloadId: field.id,
    printFileId: field.id,
    batchId: field.id,
    format: z.enum(['csv', 'json', 'pdf', 'pgp', 'letters']),
    first: field.index,
    last: field.index,
    /** How often codes of this range had left before; left out for the first time, and for letters, which carry none. */
    reprint: z.number().int().positive().optional(),
  }),
  sample: {
    downloadId: '01900000-0000-7000-8000-000000000015', printFileId: '01900000-0000-7000-8000-000000000014',
    batchId: '01900000-0000-7000-8000-000000000008', format: 'pdf', first: 0, last: 9,
  },
});
