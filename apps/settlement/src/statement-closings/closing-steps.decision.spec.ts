import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { seedOfRun } from '#libs/testing';
import { closingSteps } from './closing-steps.decision.js';

const seed = [...seedOfRun()].reduce((value, letter) => (Math.imul(value, 31) + letter.charCodeAt(0)) | 0, 7);
const BOUNDS = { lines: 100, statements: 4, held: 10 };
const of = (lines: number, isNew = false) => ({ lines, isNew });
const linesIn = (steps: ReturnType<typeof of>[][]) => steps.map((step) => step.map(({ lines }) => lines));

describe(`the steps of a closing (seed ${seedOfRun()})`, () => {
  it('take as many lines as a transaction may, and no more statements than it may', () => {
    expect(linesIn(closingSteps([of(60), of(40), of(1), of(1), of(1), of(1), of(1)], { holdFirstRemittance: true }, BOUNDS)))
      .toEqual([[60, 40], [1, 1, 1, 1], [1]]);
  });

  it('take fewer where first remittances are held, for each line of a hold is posted by itself', () => {
    const claims = [of(5, true), of(5, true), of(50), of(50), of(1, true)];
    expect(linesIn(closingSteps(claims, { holdFirstRemittance: true }, BOUNDS))).toEqual([[5, 5], [50, 50], [1]]);
    expect(linesIn(closingSteps(claims, { holdFirstRemittance: false }, BOUNDS))).toEqual([[5, 5, 50], [50, 1]]);
  });

  it('give who has more than that a step of its own', () => {
    expect(linesIn(closingSteps([of(1), of(500), of(1)], { holdFirstRemittance: true }, BOUNDS))).toEqual([[1], [500], [1]]);
  });

  it('have everybody once, in the order in which they were found', () => {
    const claims = fc.array(fc.record({ lines: fc.nat(150), isNew: fc.boolean() }));
    fc.assert(fc.property(claims, fc.boolean(), (all, holdFirstRemittance) => {
      expect(closingSteps(all, { holdFirstRemittance }, BOUNDS).flat()).toEqual(all);
    }), { seed });
  });
});
