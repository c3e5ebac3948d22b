import { base32 } from '@better-auth/utils/base32';
import { createOTP } from '@better-auth/utils/otp';
import { describe, expect, it } from '@jest/globals';
import { loadKeyring, PUBLISHED_KEYS } from '#libs/keys';
import { decideCode, type Candidate } from './code.decision.js';
import { codeOfStep, enrolment, isSameCode, readRecoveryCode, recoveryCodes } from './codes.js';

const keyring = loadKeyring({ env: PUBLISHED_KEYS, dataDirectory: '/nonexistent' });
const factor = { factorId: '0190a6f0-0000-7000-8000-000000000001', keyId: keyring.wrappingKeyId };

describe('codes of a second factor', () => {
  it('are what an authenticator shows that read the address: HMAC-SHA-1 of the step, as in RFC 6238, appendix B', async () => {
    expect(await createOTP('12345678901234567890').hotp(1)).toBe('287082');
    const { uri, secret } = enrolment(keyring, factor, 'a@b.example');
    const address = new URL(uri);
    expect([address.host, address.searchParams.get('secret'), address.searchParams.get('period')]).toEqual(['totp', secret, '30']);
    const authenticator = createOTP(new TextDecoder().decode(base32.decode(secret)));
    expect(await codeOfStep(keyring, factor, 57_000_000)).toBe(await authenticator.hotp(57_000_000));
  });

  it('differ from factor to factor, and recovery codes from one another', () => {
    const other = { ...factor, factorId: '0190a6f0-0000-7000-8000-000000000002' };
    expect(enrolment(keyring, other, 'a@b.example').secret).not.toBe(enrolment(keyring, factor, 'a@b.example').secret);
    expect(new Set([...recoveryCodes(keyring, factor), ...recoveryCodes(keyring, other)]).size).toBe(16);
  });

  it('of recovery are read as people type them', () => {
    const [code] = recoveryCodes(keyring, factor);
    expect(readRecoveryCode(` ${code!.toLowerCase().replaceAll('-', '')} `)).toBe(code);
    expect(readRecoveryCode(code!.replaceAll('0', 'O').replaceAll('1', 'I'))).toBe(code);
  });
});

describe('which code was typed', () => {
  const step = (number: number, isTyped: boolean, isUsed: boolean): Candidate => ({ what: 'step', number, isTyped, isUsed });
  it.each<[string, Candidate[], object]>([
    ['the one that matches', [step(7, false, false), step(8, true, false)], { what: 'step', number: 8 }],
    ['of two with the same digits the one that is free', [step(7, true, true), step(9, true, false)], { what: 'step', number: 9 }],
    ['one that was used before', [step(7, true, true), step(8, false, false)], { kind: 'rejected', code: 'code_used' }],
    ['none', [step(7, false, true), step(8, false, false)], { kind: 'rejected', code: 'code_wrong' }],
  ])('%s', (_, candidates, expected) => {
    expect(decideCode(candidates)).toMatchObject(expected);
  });

  it('is compared in full', () => {
    expect([isSameCode('222222', '222222'), isSameCode('222222', '222223'), isSameCode('222222', '22222')]).toEqual([true, false, false]);
  });
});
