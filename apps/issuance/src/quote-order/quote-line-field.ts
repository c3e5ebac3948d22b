import { z } from 'zod';

/** A line of a quote, as it is stored and shown. */
export const quoteLine = z.strictObject({ kind: z.literal('face_value'), count: z.int(), unitCents: z.int(), amountCents: z.int() });
