import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isRejected, reject, type Rejected } from '#libs/kernel';
import { IdentityWork } from '../identity.work.js';
import { PasskeyDesk } from '../passkeys/passkey-desk.js';
import { passkeysOf } from '../passkeys/passkey.store.js';
import { takeAnswer } from '../passkeys/take-answer.js';
import type { RefusalCode } from '../refusals.js';
import { AskForPasskey, ProveByPasskey } from './prove-by-passkey.command.js';

type Proved = Readonly<{ proved: true }> | Rejected<RefusalCode>;

@CommandHandler(ProveByPasskey)
export class ProveByPasskeyHandler implements ICommandHandler<ProveByPasskey> {
  constructor(private readonly work: IdentityWork, private readonly desk: PasskeyDesk) {}

  execute({ signedIn: { userId, sessionId }, assertion, correlationId }: ProveByPasskey) {
    const meta = { kind: 'process', name: 'prove-by-passkey', correlationId, actor: { kind: 'user', id: userId } } as const;
    return this.work.once<Proved>(meta, async (tx) => {
      const taken = await takeAnswer(tx, this.desk, { purpose: 'prove', userId, sessionId }, assertion);
      return isRejected(taken) ? taken : { proved: true };
    }) as Promise<Proved>;
  }
}

@QueryHandler(AskForPasskey)
export class AskForPasskeyHandler implements IQueryHandler<AskForPasskey> {
  constructor(private readonly work: IdentityWork, private readonly desk: PasskeyDesk) {}

  async execute({ signedIn: { userId, sessionId } }: AskForPasskey) {
    const held = await passkeysOf(this.work.client, userId);
    return held.length === 0 ? reject('second_factor_missing') : this.desk.request({ purpose: 'prove', userId, sessionId }, held);
  }
}
