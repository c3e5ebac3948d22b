// The text of a statement of coverage: what is hashed and signed, byte for byte.
import { createHash, sign } from 'node:crypto';
import type { SigningKey } from '#libs/keys';
import { canonicalJson } from '#libs/kernel';
import { coverageOf, type Announced } from './coverage.decision.js';

export const COVERAGE_FORMAT = 'mereau.coverage.v1';

export type StatementHead = Readonly<{ origin: string; number: number; previous: string | null; madeAt: Date }>;
export type SignedStatement = Readonly<{
  number: number; previous: string | null; day: string; final: boolean; content: string; sha256: string; keyId: string; signature: string;
}>;

export function signStatement(head: StatementHead, announced: readonly Announced[], key: SigningKey): SignedStatement {
  const { origin, number, previous, madeAt } = head;
  // A ledger that began later stands in for itself with nothing: the day is that of those which speak.
  const days = announced.map(({ totals }) => totals.day).sort();
  const [day] = days;
  const final = announced.every(({ totals }) => totals.final || totals.lines.length === 0) && announced.some(({ totals }) => totals.final);
  const content = canonicalJson({
    format: COVERAGE_FORMAT, origin, number, previous, day, final, timeZone: 'Europe/Paris', currency: 'EUR', madeAt: madeAt.toISOString(),
    totals: announced.map(({ ledger, eventId, totals }) => ({ ledger, number: totals.number, cutAt: totals.cutAt, eventId })),
    ...coverageOf(announced),
  });
  return {
    number, previous, day: day!, final, content, sha256: createHash('sha256').update(content).digest('hex'),
    keyId: key.keyId, signature: sign(null, Buffer.from(content), key.privateKey).toString('base64'),
  };
}
