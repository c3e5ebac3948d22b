import { describe, expect, it } from '@jest/globals';
import { isFresh, methodsOf, secondFactorAt, type Proofs } from './proof.decision.js';

const [AT, LATER] = [new Date('2026-01-05T09:00:00Z'), new Date('2026-01-05T09:01:00Z')];
const minutesAfter = (minutes: number) => new Date(AT.getTime() + minutes * 60_000);
const opened = (openedBy: Proofs['openedBy'], more: Partial<Proofs> = {}): Proofs => ({ openedBy, codeAt: null, passkeyAt: null, ...more });

describe('what was proved in a sign-in', () => {
  it.each<[string, Proofs, string[], Date | undefined]>([
    ['a password', opened('password'), ['pwd'], undefined],
    ['a password and a code', opened('password', { codeAt: AT }), ['pwd', 'otp'], AT],
    ['a password, then a passkey', opened('password', { passkeyAt: AT }), ['pwd', 'pop', 'mfa'], AT],
    ['a mailed link, which is no password', opened('link'), ['link'], undefined],
    ['a mailed link and a code', opened('link', { codeAt: AT }), ['link', 'otp'], AT],
    ['a passkey', opened('passkey', { passkeyAt: AT }), ['pop', 'mfa'], AT],
    ['a passkey that has ended since', opened('passkey'), ['pop'], undefined],
    ['a passkey, and later a code', opened('passkey', { passkeyAt: AT, codeAt: LATER }), ['pop', 'otp', 'mfa'], LATER],
    ['a code, and later a passkey', opened('password', { passkeyAt: LATER, codeAt: AT }), ['pwd', 'otp', 'pop', 'mfa'], LATER],
  ])('is told: %s', (_, proofs, methods, at) => {
    expect([methodsOf(proofs), secondFactorAt(proofs)]).toEqual([methods, at]);
  });

  it('is fresh for a while, and never where nothing was', () => {
    const proofs = opened('passkey', { passkeyAt: AT });
    const fresh = (of: Proofs, now: Date) => isFresh(of, now, 600);
    expect([fresh(proofs, minutesAfter(10)), fresh(proofs, minutesAfter(10.1)), fresh(opened('password'), AT)]).toEqual([true, false, false]);
  });
});
