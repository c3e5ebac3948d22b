import { describe, expect, it } from '@jest/globals';
import { sayIn } from '../language.js';
import { mistypedCode } from './code-typed.js';

const say = sayIn('fr');

describe('a code as it is typed', () => {
  it.each(['DWVA-0RNJ-GS6M-7FVS-09', ' dwva 0rnj gs6m 7fvs 09 ', 'https://pass.example/v#DWVA-0RNJ-GS6M-7FVS-09'])('is right as %s', (typed) => {
    expect(mistypedCode(typed, say)).toBeUndefined();
  });

  it.each([
    ['', /^Écrivez/, ''],
    ['DWVA-0R!J-GS6M-7FVS-09', /n° 7/, 'DWVA-0R'],
    ['DWVA-0RNJ-GS6M-7FVS-0U', /n° 18/, 'DWVA-0RNJ-GS6M-7FVS-0'],
    ['DWVA-0RNJ-GS6M', /12 caractères/, 'DWVA-0RNJ-GS6M'],
    ['DWVA-0RNJ-GS6M-7FVS-099', /19 caractères/, ''],
    ['DWVA-0RNJ-GS6M-7FVS-90', /mal lu/, ''],
  ])('%s is answered with what is wrong, and keeps what stands before it', (typed, sentence, kept) => {
    expect(mistypedCode(typed, say)).toEqual({ sentence: expect.stringMatching(sentence), kept });
  });
});
