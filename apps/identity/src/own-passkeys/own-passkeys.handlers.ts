import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { reject, type Rejected } from '#libs/kernel';
import { type ProcessMeta, readAs, type Tx } from '#libs/persistence';
import type { SignedIn } from '../authentication.js';
import { IdentityWork } from '../identity.work.js';
import { endPasskey, namePasskey, passkeysOf, sessionsBy, shownPasskeys } from '../passkeys/passkey.store.js';
import { tellPasskey } from '../passkeys/tell-passkey.js';
import type { RefusalCode } from '../refusals.js';
import { mayAddFactor } from '../second-factor/may-add-factor.js';
import { lockSecondFactor } from '../second-factor/second-factor.store.js';
import { endSessions } from '../sessions/session.store.js';
import { EndPasskey, NamePasskey, ShowPasskeys } from './own-passkeys.commands.js';

type Done = Readonly<{ passkeyId: string }> | Rejected<RefusalCode>;

const metaOf = ({ userId }: SignedIn, correlationId: string): ProcessMeta =>
  ({ kind: 'process', name: 'own-passkeys', correlationId, actor: { kind: 'user', id: userId } });

/** Of this person and in force; somebody else's is as unknown as none. */
async function lockOwn(tx: Tx, { userId }: SignedIn, passkeyId: string): Promise<boolean> {
  await lockSecondFactor(tx, userId);
  return (await passkeysOf(tx.sql, userId)).some((passkey) => passkey.passkeyId === passkeyId);
}

@QueryHandler(ShowPasskeys)
export class ShowPasskeysHandler implements IQueryHandler<ShowPasskeys> {
  constructor(private readonly work: IdentityWork) {}

  execute({ userId }: ShowPasskeys) {
    return readAs(this.work, userId, (sql) => shownPasskeys(sql, userId));
  }
}

@CommandHandler(NamePasskey)
export class NamePasskeyHandler implements ICommandHandler<NamePasskey> {
  constructor(private readonly work: IdentityWork) {}

  execute({ signedIn, named: { passkeyId, name }, correlationId }: NamePasskey) {
    return this.work.once<Done>(metaOf(signedIn, correlationId), async (tx) => {
      if (!await lockOwn(tx, signedIn, passkeyId)) return reject('passkey_not_found');
      await namePasskey(tx, passkeyId, name);
      return { passkeyId };
    }) as Promise<Done>;
  }
}

@CommandHandler(EndPasskey)
export class EndPasskeyHandler implements ICommandHandler<EndPasskey> {
  constructor(private readonly work: IdentityWork) {}

  execute({ signedIn, passkeyId, correlationId }: EndPasskey) {
    const { userId, sessionId } = signedIn;
    return this.work.once<Done>(metaOf(signedIn, correlationId), async (tx) => {
      if (!await lockOwn(tx, signedIn, passkeyId)) return reject('passkey_not_found');
      // Or whoever has the password alone would end the factor of its person, and begin one of their own after it.
      if (!await mayAddFactor(tx, signedIn)) return reject('second_factor_asked');
      // First: a sign-in that it opens at this moment is waited for here, and seen below.
      await endPasskey(tx, passkeyId, userId);
      const standing = await sessionsBy(tx, passkeyId);
      for (const only of standing.filter((one) => one !== sessionId)) await endSessions(tx, userId, { only });
      await tellPasskey(tx, { userId, passkeyId, step: 'ended' });
      return { passkeyId };
    }) as Promise<Done>;
  }
}
