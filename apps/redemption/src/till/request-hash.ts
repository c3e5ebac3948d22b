import { createHash } from 'node:crypto';
import type { TillAttempt } from './fold-batch.decision.js';

/** Tells apart two attempts under one key; in the shape of a uuid, because it is stored as one. */
export function hashOf({ codeMacs, placeId, serviceDate, amount, coPayment }: TillAttempt): string {
  const content = [codeMacs[0], placeId, serviceDate, amount ?? '', coPayment].join('|');
  const hex = createHash('sha256').update(content).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
