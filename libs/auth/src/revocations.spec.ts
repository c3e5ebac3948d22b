import { describe, expect, it } from '@jest/globals';
import { LIST_FRESH_MS, LIST_OLD_MS, Revocations } from './revocations.js';

const [SESSION, OTHER] = ['11902c7b-5d2a-7c3e-9f00-0123456789ab', '21902c7b-5d2a-7c3e-9f00-0123456789ab'];

/** An identity that can be switched off, and a clock that is turned by hand. */
function world() {
  const state = { now: 0, ended: [] as string[], away: false, asked: 0 };
  const revocations = new Revocations(async () => {
    state.asked += 1;
    if (state.away) throw new Error('away');
    return [...state.ended];
  }, () => state.now);
  return { state, names: (...ids: string[]) => revocations.name(ids) };
}

describe('what has ended', () => {
  it('is known at the first look, and refuses a token that stands on any of it', async () => {
    const { state, names } = world();
    state.ended = [SESSION];
    expect([await names(SESSION), await names(OTHER, SESSION), await names(OTHER), await names()]).toEqual([true, true, false, false]);
    expect(state.asked).toBe(1);
  });

  it('is asked for again after seconds, and no decision is made by an old list', async () => {
    const { state, names } = world();
    await names(SESSION);
    state.ended = [SESSION];
    state.now = LIST_FRESH_MS - 1;
    expect([await names(SESSION), state.asked]).toEqual([false, 1]);
    state.now = LIST_OLD_MS;
    expect([await names(SESSION), state.asked]).toEqual([true, 2]);
  });

  it('is asked for once, by however many requests at a time', async () => {
    const { state, names } = world();
    await Promise.all(Array.from({ length: 50 }, () => names(SESSION)));
    expect(state.asked).toBe(1);
  });

  it('stays known where identity is away, which is asked every few seconds and not by each request', async () => {
    const { state, names } = world();
    state.ended = [SESSION];
    await names(SESSION);
    state.away = true;
    state.now = LIST_OLD_MS;
    expect([await names(SESSION), await names(SESSION), await names(OTHER), state.asked]).toEqual([true, true, false, 2]);
    state.now += LIST_FRESH_MS;
    state.away = false;
    state.ended = [];
    expect([await names(SESSION), state.asked]).toEqual([false, 3]);
  });
});
