import { describe, expect, it } from '@jest/globals';
import { compare, type Asked } from './compare.js';
import type { Told } from './load.js';

const YES: Told = { status: 201, code: undefined, amountCents: 1_000 };
const NO: Told = { status: 409, code: 'voucher_used', amountCents: undefined };
const BOOKED = new Map([['a', 1_000]]);
const asked = (told: Told | undefined, toldBefore: Told | undefined = told): Asked => ({ key: 'a', told, toldBefore });

describe("a till's attempt, held against the books", () => {
  it.each<[string, Asked, ReadonlyMap<string, number>, object]>([
    ['told yes and booked', asked(YES), BOOKED, { acknowledged: 1, refused: 0, lost: 0 }],
    ['told no and not booked', asked(NO), new Map(), { acknowledged: 0, refused: 1, lost: 0 }],
    ['told nothing in the storm and yes in calm', asked(YES, undefined), BOOKED, { acknowledged: 1, lost: 0 }],
    ['told nothing in the storm and no in calm', asked(NO, undefined), new Map(), { refused: 1, lost: 0 }],
  ])('%s, is not lost', (_, attempt, booked, expected) => {
    expect(compare([attempt], booked)).toMatchObject({ asked: 1, ...expected });
  });

  it.each<[string, Asked, ReadonlyMap<string, number>]>([
    ['told yes and not booked', asked(YES), new Map()],
    ['told yes and booked with another amount', asked(YES), new Map([['a', 999]])],
    ['told no and booked all the same', asked(NO), BOOKED],
    ['told yes first and no later', asked(NO, YES), BOOKED],
    ['told another no later', asked({ ...NO, code: 'voucher_not_found' }, NO), new Map()],
    ['told nothing even in calm', asked(undefined), BOOKED],
    ['told yes first and nothing later', asked(undefined, YES), BOOKED],
  ])('%s, is lost', (_, attempt, booked) => {
    expect(compare([attempt], booked)).toMatchObject({ lost: 1 });
  });
});
