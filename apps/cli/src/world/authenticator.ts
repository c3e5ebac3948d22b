// What a person of a play has in the place of a phone: the secret of their second factor, and the codes that it shows.
import { base32 } from '@better-auth/utils/base32';
import { createOTP } from '@better-auth/utils/otp';

const STEP_MS = 30_000;

/** The six digits of the step that is `ahead` of now. */
export function codeNow(secret: string, ahead = 0): Promise<string> {
  const key = new TextDecoder().decode(base32.decode(secret));
  return createOTP(key).hotp(Math.floor(Date.now() / STEP_MS) + ahead);
}

/** Codes to try, best first: one that was used a moment ago is not taken again, and clocks may differ by a step. */
export const CODES_TO_TRY = [0, 1, -1] as const;

/** Where secrets are kept, by mail address: in memory, or with a world that is resumed. */
export type Authenticators = Readonly<{
  secretOf(email: string): string | undefined;
  keep(email: string, secret: string): void;
}>;

export function authenticatorsInMemory(known: Readonly<Record<string, string>> = {}): Authenticators {
  const secrets = new Map(Object.entries(known));
  return { secretOf: (email) => secrets.get(email), keep: (email, secret) => { secrets.set(email, secret); } };
}
