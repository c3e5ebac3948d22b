import { describe, expect, it } from '@jest/globals';
import { ORGANISATION_KINDS } from '#libs/auth';
import { askSecondFactor, type Proof } from './ask-second-factor.decision.js';

const [NONE, ASLEEP, PROVED] = [
  { proved: false, hasFactor: false }, { proved: false, hasFactor: true }, { proved: true, hasFactor: true },
];
const codes = (proof: Proof) => Object.fromEntries(
  ORGANISATION_KINDS.map((kind) => [kind, askSecondFactor(kind, proof)?.code]),
);

describe('a token', () => {
  it.each<[string, Proof, string | undefined]>([
    ['without a factor', NONE, 'second_factor_missing'], ['with a factor that was not shown', ASLEEP, 'second_factor_asked'],
    ['with one that was', PROVED, undefined],
  ])('%s', (_, proof, staff) => {
    expect(codes(proof)).toEqual({ payer: undefined, place: undefined, distributor: undefined, operator: staff, auditor: staff });
  });
});
