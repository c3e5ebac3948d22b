import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { reject, type Rejected } from '#libs/kernel';
import type { ProcessMeta, Tx } from '#libs/persistence';
import type { SignedIn } from '../authentication.js';
import { IdentityWork } from '../identity.work.js';
import { PASSKEYS_MAX } from '../limits.js';
import { decideAdded } from '../passkeys/passkey.decision.js';
import { PasskeyDesk } from '../passkeys/passkey-desk.js';
import { insertPasskey, insertPasskeyUse, isPasskey, passkeysOf } from '../passkeys/passkey.store.js';
import { tellPasskey } from '../passkeys/tell-passkey.js';
import type { RefusalCode } from '../refusals.js';
import { mayAddFactor } from '../second-factor/may-add-factor.js';
import { lockSecondFactor } from '../second-factor/second-factor.store.js';
import { AddPasskey, BeginPasskey, type Creation } from './add-passkey.command.js';

type Refused = Rejected<RefusalCode>;

/** An answer of a device is no request that may be repeated under a key: each challenge counts once. */
const metaOf = ({ userId }: SignedIn, correlationId: string): ProcessMeta =>
  ({ kind: 'process', name: 'add-passkey', correlationId, actor: { kind: 'user', id: userId } });
const askerOf = ({ userId, sessionId }: SignedIn) => ({ purpose: 'add', userId, sessionId } as const);

/** Whoever has the password and an open browser must not be able to add a key of their own beside the second factor of its person. */
async function hold(tx: Tx, signedIn: SignedIn) {
  await lockSecondFactor(tx, signedIn.userId);
  return await mayAddFactor(tx, signedIn) ? passkeysOf(tx.sql, signedIn.userId) : reject('second_factor_asked');
}

@CommandHandler(BeginPasskey)
export class BeginPasskeyHandler implements ICommandHandler<BeginPasskey> {
  constructor(private readonly work: IdentityWork, private readonly desk: PasskeyDesk) {}

  execute({ signedIn, correlationId }: BeginPasskey) {
    return this.work.once<Creation | Refused>(metaOf(signedIn, correlationId), async (tx) => {
      const held = await hold(tx, signedIn);
      if ('kind' in held) return held;
      if (held.length >= PASSKEYS_MAX) return reject('passkeys_too_many');
      return this.desk.creation(askerOf(signedIn), signedIn, held);
    });
  }
}

@CommandHandler(AddPasskey)
export class AddPasskeyHandler implements ICommandHandler<AddPasskey> {
  constructor(private readonly work: IdentityWork, private readonly desk: PasskeyDesk) {}

  execute({ signedIn, made: { name, credential }, correlationId }: AddPasskey) {
    const { userId, sessionId } = signedIn;
    return this.work.once<Readonly<{ passkeyId: string }> | Refused>(metaOf(signedIn, correlationId), async (tx) => {
      const passkeyId = this.desk.challengeId(askerOf(signedIn), credential.clientDataJson);
      if (passkeyId === undefined) return reject('passkey_challenge_over');
      // Asked again here: what was begun beside an open browser is not added a while later.
      const held = await hold(tx, signedIn);
      if ('kind' in held) return held;
      const added = await this.desk.added(credential);
      const refused = decideAdded(added, held.length);
      if (refused) return refused;
      if (!await insertPasskey(tx, { ...added, passkeyId, userId, name, transports: credential.transports })) {
        return reject(await isPasskey(tx, passkeyId) ? 'passkey_challenge_over' : 'passkey_exists');
      }
      // Its device has just checked its person, as the first code of an authenticator does.
      await insertPasskeyUse(tx, { challengeId: passkeyId, passkeyId, sessionId, usedAt: this.desk.now });
      await tellPasskey(tx, { userId, passkeyId, step: 'added' });
      return { passkeyId };
    });
  }
}
