import { createHash } from 'node:crypto';
import { NOTHING_DECLARED, type Declared } from '../redeem-voucher/redeem-voucher.decision.js';
import type { TillAttempt } from './fold-batch.decision.js';

/**
 * Tells apart two attempts under one key; in the shape of a uuid, because it is stored as one. `codeMac` is one of the
 * attempt's own.
 */
export function hashOf(attempt: TillAttempt, codeMac: string): string {
  const { placeId, serviceDate, amount, coPayment, declared = NOTHING_DECLARED } = attempt;
  const content = [codeMac, placeId, serviceDate, amount ?? '', coPayment, ...partsOf(declared), ...stepOf(attempt), ...othersOf(attempt, codeMac)].join('|');
  const hex = createHash('sha256').update(content).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/** By name, so that no two declarations read alike; nothing for one that says nothing. */
const partsOf = ({ sessionId, service, durationMinutes, participants, firstVisit }: Declared): string[] =>
  Object.entries({ sessionId, service, durationMinutes, participants, firstVisit })
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));

/** Nothing for a redemption at once; one key for two different steps is then told apart too. */
const stepOf = ({ step, redemptionId }: TillAttempt): string[] => {
  if (step?.kind === 'authorise') return [`held=${step.holdMs}`];
  return step?.kind === 'confirm' ? [`confirmed=${redemptionId}`] : [];
};

/** The further vouchers of the same person, each by its hash under the same pepper as `codeMac`. */
function othersOf({ step, codeMacs }: TillAttempt, codeMac: string): string[] {
  if (step?.kind !== 'together') return [];
  const pepper = codeMacs.indexOf(codeMac);
  return step.others.map((other) => `with=${other.codeMacs[pepper]}:${other.amount ?? ''}`);
}
