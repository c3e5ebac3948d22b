import { describe, expect, it } from '@jest/globals';
import { GAP_WORDS, REACHED_WORDS, STEP_OF_OUTCOME, STEP_OF_ROW, STEP_OF_TYPE, STEP_WORDS } from '#libs/evidence';
import { type KeptEvent } from '../trace-cent/kept-event.decision.js';
import { STEPS, stepNameOf } from '../trace-cent/step.decision.js';
import { REACHED, UNTOLD } from '../trace-cent/thread.decision.js';
import { OPEN } from '../trace-cent/trace.decision.js';

describe('the words of a packet', () => {
  it.each([['each step', STEPS, STEP_WORDS], ['how far money came', REACHED, REACHED_WORDS], ['what is not there', [...UNTOLD, ...OPEN], GAP_WORDS]] as const)('tell %s in two languages', (_what, names, words) => {
    expect(Object.keys(words).sort()).toEqual([...names].sort());
    for (const [french, english] of Object.values(words)) expect([french, english]).toEqual([expect.stringMatching(/\S/), expect.stringMatching(/\S/)]);
  });
});

const kept = (type: string, postingRule?: string, outcome?: string) => ({ type, body: { postingRule, outcome } }) as unknown as KeptEvent;

describe('the steps of a packet', () => {
  it('are named by the verifier as audit names them', () => {
    for (const [type, step] of Object.entries(STEP_OF_TYPE)) expect([type, stepNameOf(kept(type))]).toEqual([type, step]);
    for (const [row, step] of Object.entries(STEP_OF_ROW)) expect([row, stepNameOf(kept('ledger.posted.v1', row))]).toEqual([row, step]);
    for (const [outcome, step] of Object.entries(STEP_OF_OUTCOME)) expect([outcome, stepNameOf(kept('contradictory_statement.signed.v1', undefined, outcome))]).toEqual([outcome, step]);
    expect([...Object.values(STEP_OF_TYPE), ...Object.values(STEP_OF_ROW), ...Object.values(STEP_OF_OUTCOME)].sort())
      .toEqual([...STEPS].sort());
  });
});
