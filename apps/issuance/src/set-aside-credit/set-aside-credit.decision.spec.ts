import { describe, expect, it } from '@jest/globals';
import { cents } from '#libs/kernel';
import { decideNote } from './set-aside-credit.decision.js';

const told = (outcome: { kind: string }) => ('code' in outcome ? outcome.code : outcome.kind);

describe('the work-list', () => {
  it.each<[string, Parameters<typeof decideNote>[0], 'set_aside' | 'taken_up', string]>([
    ['lets a credit wait apart', { left: cents(1), setAside: false }, 'set_aside', 'noted'],
    ['takes it up again', { left: cents(1), setAside: true }, 'taken_up', 'noted'],
    ['knows no other credits', undefined, 'set_aside', 'receipt_not_found'],
    ['has no credit of which nothing is left', { left: cents(0), setAside: false }, 'set_aside', 'receipt_used_up'],
    ['sets aside once', { left: cents(1), setAside: true }, 'set_aside', 'receipt_set_aside'],
    ['takes up what was set aside', { left: cents(1), setAside: false }, 'taken_up', 'receipt_not_set_aside'],
  ])('%s', (_, credit, wanted, expected) => {
    expect(told(decideNote(credit, wanted))).toBe(expected);
  });
});
