// What a payer sees, and signs, of its vouchers that end on a day. One text for one content, so that the digest that it signs
// is of exactly the figures that were shown.
import { createHash } from 'node:crypto';
import { canonicalJson, showId, type LocalDate, type PayerId, type ProgrammeId } from '#libs/kernel';
import type { BatchFigures } from './sign-off-vintage.decision.js';

export type ShownVintage = Readonly<{ programmeId: ProgrammeId; usableUntil: LocalDate; step: string; payerId: PayerId }>;
export type VintageDocument = Readonly<{ content: string; sha256: string }>;

/** `earlier`: of the fifteenth day, where the seventh is shown; what was handed over since is the payer's to bear. */
export function vintageDocument(
  { programmeId, usableUntil, step, payerId }: ShownVintage, batches: readonly BatchFigures[], earlier: readonly BatchFigures[] = [],
): VintageDocument {
  const handedOverBefore = new Map(earlier.map(({ batchId, handedOverCount }) => [batchId, handedOverCount]));
  const content = canonicalJson({
    format: 1, programmeId: showId('programme', programmeId), payerId: showId('payer', payerId), usableUntil, step, currency: 'EUR',
    batches: batches.map(({ batchId, orderId, ...figures }) => ({
      batchId: showId('batch', batchId), orderId: showId('order', orderId), ...figures,
      notHandedOverCount: figures.issuedCount - figures.handedOverCount,
      ...(step === 'seven_days' && { handedOverSinceCount: figures.handedOverCount - (handedOverBefore.get(batchId) ?? 0) }),
    })),
  });
  return { content, sha256: createHash('sha256').update(content).digest('hex') };
}
