import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { reject } from '#libs/kernel';
import { IdentityWork } from '../identity.work.js';
import { endPasskeys } from '../passkeys/tell-passkey.js';
import { endSecondFactor, lockSecondFactor, secondFactorsOf } from '../second-factor/second-factor.store.js';
import { endSessions } from '../sessions/session.store.js';
import { tellSecondFactor } from '../second-factor/tell-second-factor.js';
import { ResetSecondFactor } from './reset-second-factor.command.js';

@CommandHandler(ResetSecondFactor)
export class ResetSecondFactorHandler implements ICommandHandler<ResetSecondFactor> {
  constructor(private readonly work: IdentityWork) {}

  execute({ userId, meta }: ResetSecondFactor) {
    return this.work.once(meta, async (tx) => {
      if (userId === meta.callerId) return reject('second_factor_of_caller');
      await lockSecondFactor(tx, userId);
      const factors = await secondFactorsOf(tx.sql, userId);
      // A passkey is a second factor, too: whoever asks for this has lost the device.
      const passkeys = await endPasskeys(tx, userId, meta.callerId);
      if (factors.length + passkeys === 0) return reject('second_factor_missing');
      for (const { factorId } of factors) {
        await endSecondFactor(tx, factorId, meta.callerId);
        await tellSecondFactor(tx, { userId, factorId, step: 'reset' });
      }
      // Whoever took the phone may be signed in with it.
      await endSessions(tx, userId);
      return { userId };
    });
  }
}
