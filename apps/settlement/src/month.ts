import { z } from 'zod';
import type { Month } from '#libs/kernel';

/** `YYYY-MM`, a month of the calendar. */
export const monthIn = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'expected a month like 2026-01').transform((text) => text as Month);
