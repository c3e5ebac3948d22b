import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Rejected } from '#libs/kernel';
import { IdentityWork } from '../identity.work.js';
import { PasskeyDesk } from '../passkeys/passkey-desk.js';
import { takeAnswer, type Taken } from '../passkeys/take-answer.js';
import type { RefusalCode } from '../refusals.js';
import { SignInByPasskey } from './sign-in-by-passkey.command.js';

type Opened = Taken | Rejected<RefusalCode>;

@CommandHandler(SignInByPasskey)
export class SignInByPasskeyHandler implements ICommandHandler<SignInByPasskey> {
  constructor(private readonly work: IdentityWork, private readonly desk: PasskeyDesk) {}

  execute({ assertion, correlationId }: SignInByPasskey) {
    return this.work.once<Opened>({ kind: 'process', name: 'sign-in-by-passkey', correlationId },
      (tx) => takeAnswer(tx, this.desk, { purpose: 'sign_in' }, assertion)) as Promise<Opened>;
  }
}
