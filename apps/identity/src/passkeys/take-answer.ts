// What a sign-in and a proof begin with alike: one answer of a device, taken once.
import { reject, type Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import type { RefusalCode } from '../refusals.js';
import type { Asker } from './challenge.js';
import { decideAnswered } from './passkey.decision.js';
import { userIn, type Assertion, type PasskeyDesk } from './passkey-desk.js';
import { countOn, insertPasskeyUse, lockPasskey } from './passkey.store.js';

export type Taken = Readonly<{ userId: string; challengeId: string }>;

export async function takeAnswer(tx: Tx, desk: PasskeyDesk, asker: Asker, assertion: Assertion): Promise<Taken | Rejected<RefusalCode>> {
  const challengeId = desk.challengeId(asker, assertion.clientDataJson);
  if (challengeId === undefined) return reject('passkey_challenge_over');
  const passkey = await lockPasskey(tx, new Uint8Array(Buffer.from(assertion.id, 'base64url')));
  const shown = passkey && await desk.shown(assertion, passkey);
  const person = { userId: asker.purpose === 'sign_in' ? undefined : asker.userId, userHandle: userIn(assertion) };
  const refused = decideAnswered(passkey, person, shown ?? { isGenuine: false, userVerified: false });
  if (refused) return refused;
  const { passkeyId, userId } = passkey!;
  const session = asker.purpose === 'sign_in' ? {} : { sessionId: asker.sessionId };
  if (!await insertPasskeyUse(tx, { challengeId, passkeyId, usedAt: desk.now, ...session })) return reject('passkey_challenge_over');
  await countOn(tx, passkeyId, shown!.counter);
  return { userId, challengeId };
}
