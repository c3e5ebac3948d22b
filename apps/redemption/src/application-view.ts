// How an application and its score are shown.
import { z } from 'zod';
import type { Score } from './questionnaire.decision.js';

export const scoreAnswer = z.strictObject({
  points: z.int(), pointsMax: z.int(), threshold: z.int(),
  parts: z.array(z.strictObject({ question: z.string(), answer: z.string().nullable(), points: z.int(), pointsMax: z.int() })),
  unanswered: z.array(z.string()), eliminatedBy: z.array(z.string()).describe('questions whose answer rules the place out'),
});

export const showScore = ({ parts, unanswered, eliminatedBy, ...score }: Score): z.output<typeof scoreAnswer> =>
  ({ ...score, parts: [...parts], unanswered: [...unanswered], eliminatedBy: [...eliminatedBy] });

export const documentShape = z.strictObject({
  kind: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'expected small letters, digits and _'),
  name: z.string().trim().min(1).max(200).describe('of the file, which stays with the place'),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in 64 small hexadecimal digits'),
  bytes: z.int().positive().max(1_000_000_000),
});
