import { z } from 'zod';

/** A commune by its INSEE code; Corsica has letters. */
export const communeIn = z.string().regex(/^(\d{5}|2[AB]\d{3})$/, 'expected the INSEE code of a commune');
