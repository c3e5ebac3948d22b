// The codes of a second factor. They are computed and never stored: the database knows only which of them were used.
import { timingSafeEqual } from 'node:crypto';
import { createOTP } from '@better-auth/utils/otp';
import { encodeCrockford, readLookAlikes, type Keyring } from '#libs/keys';
import { CODE_STEP_SECONDS, RECOVERY_CODES } from '../limits.js';

/** `keyId`: the wrapping key under which the factor was begun; an old one is kept as long as factors of it are in force. */
export type FactorKey = Readonly<{ factorId: string; keyId: string }>;

/** RFC 4226 asks for 160 bits at least. */
const SECRET_BYTES = 20;
const RECOVERY_BYTES = 15;
const RECOVERY_CHARACTERS = 24;
/** What authenticators show above the code. */
const ISSUER = 'Méreau';

/** As text, because that is what authenticators and the library hash: its bytes are those of these characters. */
const secretOf = (keyring: Keyring, { factorId, keyId }: FactorKey): string =>
  keyring.deriveSecret(`second-factor:${factorId}`, keyId).subarray(0, SECRET_BYTES).toString('base64url');

/** For an authenticator to read as a QR, or by its `secret` in base 32 to type. */
export function enrolment(keyring: Keyring, factor: FactorKey, email: string): Readonly<{ uri: string; secret: string }> {
  const uri = createOTP(secretOf(keyring, factor), { period: CODE_STEP_SECONDS }).url(ISSUER, email);
  return { uri, secret: new URL(uri).searchParams.get('secret')! };
}

/** The six digits of a step of thirty seconds since 1970. */
export const codeOfStep = (keyring: Keyring, factor: FactorKey, step: number): Promise<string> =>
  createOTP(secretOf(keyring, factor), { period: CODE_STEP_SECONDS }).hotp(step);

/** 120 bits each, in groups of four that can be read aloud. */
export function recoveryCodes(keyring: Keyring, { factorId, keyId }: FactorKey): string[] {
  return Array.from({ length: RECOVERY_CODES }, (_, number) => {
    const bytes = keyring.deriveSecret(`second-factor:${factorId}:recovery:${number}`, keyId).subarray(0, RECOVERY_BYTES);
    return encodeCrockford(bytes, RECOVERY_CHARACTERS).replaceAll(/(.{4})(?=.)/g, '$1-');
  });
}

/** What somebody typed, without the hyphens and with the letters that paper confuses put right. */
export const readRecoveryCode = (typed: string): string => readLookAlikes(typed.toUpperCase().replaceAll(/[\s-]/g, '')).replaceAll(/(.{4})(?=.)/g, '$1-');

export function isSameCode(code: string, typed: string): boolean {
  const [expected, given] = [Buffer.from(code), Buffer.from(typed)];
  return expected.length === given.length && timingSafeEqual(expected, given);
}
