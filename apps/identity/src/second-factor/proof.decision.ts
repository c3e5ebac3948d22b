// What was proved in a sign-in, and what its tokens say of it.

/** When each was last shown, of what is still in force; null where it was not. */
export type Proofs = Readonly<{ openedBy: 'password' | 'link' | 'passkey'; codeAt: Date | null; passkeyAt: Date | null }>;

const OPENED = { password: 'pwd', link: 'link', passkey: 'pop' } as const;

/**
 * Names of RFC 8176, which has none for a mailed link. A passkey is the proof that a key is held (`pop`) and, because its device checked
 * the person, two factors by itself (`mfa`) for as long as it is in force.
 */
export function methodsOf({ openedBy, codeAt, passkeyAt }: Proofs): string[] {
  return [...new Set([OPENED[openedBy], ...(codeAt ? ['otp'] : []), ...(passkeyAt ? ['pop', 'mfa'] : [])])];
}

export function secondFactorAt({ codeAt, passkeyAt }: Proofs): Date | undefined {
  if (codeAt && passkeyAt) return codeAt > passkeyAt ? codeAt : passkeyAt;
  return codeAt ?? passkeyAt ?? undefined;
}

export function isFresh(proofs: Proofs, now: Date, withinSeconds: number): boolean {
  const at = secondFactorAt(proofs);
  return at !== undefined && now.getTime() - at.getTime() <= withinSeconds * 1_000;
}
