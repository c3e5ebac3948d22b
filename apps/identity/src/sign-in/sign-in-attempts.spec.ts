import { describe, expect, it } from '@jest/globals';
import { clientAddress } from '#libs/http';
import { SIGN_IN_ATTEMPTS_MAX, SIGN_IN_PAIRS_MAX, SIGN_IN_WINDOW_MS } from '../limits.js';
import { SignInAttempts } from './sign-in-attempts.js';

const at = (start = 0) => {
  const time = { ms: start };
  return { time, attempts: new SignInAttempts(() => time.ms) };
};
const spend = (attempts: SignInAttempts, count: number, address = 'here') =>
  Array.from({ length: count }, () => attempts.begin(address, 'a@b.c'));

describe('attempts to sign in', () => {
  it('stop after five and begin again when the window is over', () => {
    const { time, attempts } = at();
    expect(spend(attempts, SIGN_IN_ATTEMPTS_MAX)).toEqual(Array(SIGN_IN_ATTEMPTS_MAX).fill(undefined));
    expect(attempts.begin('here', 'a@b.c')).toBe(SIGN_IN_WINDOW_MS / 1_000);
    time.ms = SIGN_IN_WINDOW_MS - 1;
    expect(attempts.begin('here', 'a@b.c')).toBe(1);
    time.ms = SIGN_IN_WINDOW_MS;
    expect(attempts.begin('here', 'a@b.c')).toBeUndefined();
  });

  it('from elsewhere, or for somebody else, are counted apart', () => {
    const { attempts } = at();
    spend(attempts, SIGN_IN_ATTEMPTS_MAX);
    expect(attempts.begin('there', 'a@b.c')).toBeUndefined();
    expect(attempts.begin('here', 'd@e.f')).toBeUndefined();
  });

  it('are forgotten with the right password', () => {
    const { attempts } = at();
    spend(attempts, SIGN_IN_ATTEMPTS_MAX - 1);
    attempts.succeed('here', 'a@b.c');
    expect(spend(attempts, SIGN_IN_ATTEMPTS_MAX)).toEqual(Array(SIGN_IN_ATTEMPTS_MAX).fill(undefined));
  });

  it('are remembered for a bounded number of pairs, the oldest forgotten first', () => {
    const { attempts } = at();
    spend(attempts, SIGN_IN_ATTEMPTS_MAX);
    for (let index = 0; index < SIGN_IN_PAIRS_MAX; index += 1) attempts.begin(`place ${index}`, 'a@b.c');
    expect(attempts.begin('here', 'a@b.c')).toBeUndefined();
  });
});

describe('the address of a person', () => {
  it.each<[string, string, string | undefined, string]>([
    ['is that of the connection', '203.0.113.9', undefined, '203.0.113.9'],
    ['is not what a stranger claims', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['is what the pages on this machine say', '127.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['is what the nearest server wrote, not what came before', '::1', '10.9.9.9, 198.51.100.1', '198.51.100.1'],
    ['is this machine when nobody says more', '127.0.0.1', undefined, '127.0.0.1'],
  ])('%s', (_, ip, forwarded, expected) => {
    expect(clientAddress({ ip, headers: { ...(forwarded && { 'x-forwarded-for': forwarded }) } })).toBe(expected);
  });
});
