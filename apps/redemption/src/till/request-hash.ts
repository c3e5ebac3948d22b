import { createHash } from 'node:crypto';
import type { TillAttempt } from './fold-batch.decision.js';

/**
 * Tells apart two attempts under one key; in the shape of a uuid, because it is stored as one. `codeMac` is one of the
 * attempt's own.
 */
export function hashOf({ placeId, serviceDate, amount, coPayment }: TillAttempt, codeMac: string): string {
  const content = [codeMac, placeId, serviceDate, amount ?? '', coPayment].join('|');
  const hex = createHash('sha256').update(content).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
