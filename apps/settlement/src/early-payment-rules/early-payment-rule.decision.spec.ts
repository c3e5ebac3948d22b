import { describe, expect, it } from '@jest/globals';
import { localDate } from '#libs/kernel';
import { decideEarlyPaymentRule } from './early-payment-rule.decision.js';

const today = localDate('2026-04-02');
const told = (outcome: { kind: string }) => ('code' in outcome ? outcome : { kind: outcome.kind });

describe('a rule of early payment', () => {
  it.each<[string, string, { version: number; from: string } | undefined, object]>([
    ['begins tomorrow', '2026-04-03', undefined, { kind: 'published' }],
    ['never begins on a day that has begun', '2026-04-02', undefined, { code: 'early_payment_rule_too_early', details: { earliest: '2026-04-03' } }],
    ['follows one that is in force', '2026-04-03', { version: 4, from: '2026-01-01' }, { kind: 'published' }],
    ['follows one that is still to come', '2026-05-01', { version: 4, from: '2026-05-01' }, { code: 'early_payment_rule_too_early', details: { earliest: '2026-05-02' } }],
  ])('%s', (_, from, previous, expected) => {
    const before = previous && { ...previous, from: localDate(previous.from) };
    expect(told(decideEarlyPaymentRule({ from: localDate(from) }, { previous: before, today }))).toMatchObject(expected);
  });

  it('has the number after the one before', () => {
    expect(decideEarlyPaymentRule({ from: localDate('2026-05-01') }, { previous: { version: 4, from: today }, today })).toEqual({ kind: 'published', version: 5 });
  });
});
