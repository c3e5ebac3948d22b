import { describe, expect, it } from '@jest/globals';
import { bandsTyped } from './bands.js';

describe('bands of amounts', () => {
  it.each<[string, readonly number[] | undefined]>([
    ['', []], ['10', [1_000]], ['10 ; 50,5;100 €', [1_000, 5_050, 10_000]], ['10;', [1_000]],
    ['50 ; 10', undefined], ['10 ; 10', undefined], ['0 ; 10', undefined], ['dix', undefined], ['10 ; x ; 20', undefined], ['10,555', undefined],
  ])('%p are %p', (text, cents) => {
    expect(bandsTyped(text)).toEqual(cents);
  });
});
