import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isRejected, reject, type Rejected } from '#libs/kernel';
import { type ProcessMeta, readAs } from '#libs/persistence';
import type { SignedIn } from '../authentication.js';
import { IdentityWork } from '../identity.work.js';
import { RECOVERY_CODES } from '../limits.js';
import { passkeysOf } from '../passkeys/passkey.store.js';
import type { RefusalCode } from '../refusals.js';
import { enrolment, recoveryCodes } from './codes.js';
import { mayAddFactor } from './may-add-factor.js';
import { SecondFactorDesk } from './second-factor-desk.js';
import {
  BeginSecondFactor, ConfirmSecondFactor, ShowSecondFactor, UseSecondFactor, type Begun, type SecondFactorState,
} from './second-factor.commands.js';
import {
  confirmSecondFactor, endSecondFactor, insertSecondFactor, lockSecondFactor, secondFactorsOf, usedCodes,
} from './second-factor.store.js';
import { tellSecondFactor } from './tell-second-factor.js';

type Refused = Rejected<RefusalCode>;

/** A code is no request that may be repeated under a key: each is entered once. */
const metaOf = ({ userId }: SignedIn, correlationId: string): ProcessMeta =>
  ({ kind: 'process', name: 'second-factor', correlationId, actor: { kind: 'user', id: userId } });

@CommandHandler(BeginSecondFactor)
export class BeginSecondFactorHandler implements ICommandHandler<BeginSecondFactor> {
  constructor(private readonly work: IdentityWork, private readonly desk: SecondFactorDesk) {}

  execute({ signedIn, correlationId }: BeginSecondFactor) {
    return this.work.once<Begun | Refused>(metaOf(signedIn, correlationId), async (tx) => {
      await lockSecondFactor(tx, signedIn.userId);
      const factors = await secondFactorsOf(tx.sql, signedIn.userId);
      // Who has the password and an open browser must not be able to put their own factor in the place of this one.
      if (!await mayAddFactor(tx, signedIn)) return reject('second_factor_exists');
      const begun = factors.find(({ state }) => state === 'begun');
      if (begun) await endSecondFactor(tx, begun.factorId, signedIn.userId);
      const factor = { factorId: tx.newId(), keyId: this.desk.keyring.wrappingKeyId };
      await insertSecondFactor(tx, factor, signedIn.userId);
      await tellSecondFactor(tx, { userId: signedIn.userId, factorId: factor.factorId, step: 'begun' });
      return enrolment(this.desk.keyring, factor, signedIn.email);
    });
  }
}

@CommandHandler(ConfirmSecondFactor)
export class ConfirmSecondFactorHandler implements ICommandHandler<ConfirmSecondFactor> {
  constructor(private readonly work: IdentityWork, private readonly desk: SecondFactorDesk) {}

  execute({ signedIn, code, correlationId }: ConfirmSecondFactor) {
    return this.work.once<Readonly<{ recoveryCodes: readonly string[] }> | Refused>(metaOf(signedIn, correlationId), async (tx) => {
      await lockSecondFactor(tx, signedIn.userId);
      const factors = await secondFactorsOf(tx.sql, signedIn.userId);
      const [begun, before] = [factors.find(({ state }) => state === 'begun'), factors.find(({ state }) => state === 'in_force')];
      if (!begun) return reject('second_factor_not_begun');
      // Asked again here: one that was begun beside an open browser is not put in force from another sign-in, or a week later.
      if (!await mayAddFactor(tx, signedIn)) return reject('second_factor_exists');
      const used = await this.desk.use(tx, begun, signedIn.sessionId, code);
      if (isRejected(used)) return used;
      if (before) await endSecondFactor(tx, before.factorId, signedIn.userId);
      await confirmSecondFactor(tx, begun.factorId);
      await tellSecondFactor(tx, { userId: signedIn.userId, factorId: begun.factorId, step: 'confirmed' });
      return { recoveryCodes: recoveryCodes(this.desk.keyring, begun) };
    });
  }
}

@CommandHandler(UseSecondFactor)
export class UseSecondFactorHandler implements ICommandHandler<UseSecondFactor> {
  constructor(private readonly work: IdentityWork, private readonly desk: SecondFactorDesk) {}

  execute({ signedIn, code, correlationId }: UseSecondFactor) {
    return this.work.once<Readonly<{ recoveryCodesLeft: number }> | Refused>(metaOf(signedIn, correlationId), async (tx) => {
      await lockSecondFactor(tx, signedIn.userId);
      const factor = (await secondFactorsOf(tx.sql, signedIn.userId)).find(({ state }) => state === 'in_force');
      if (!factor) return reject('second_factor_missing');
      const used = await this.desk.use(tx, factor, signedIn.sessionId, code);
      if (isRejected(used)) return used;
      return { recoveryCodesLeft: left(await usedCodes(tx.sql, factor.factorId)) };
    });
  }
}

@QueryHandler(ShowSecondFactor)
export class ShowSecondFactorHandler implements IQueryHandler<ShowSecondFactor> {
  constructor(private readonly work: IdentityWork) {}

  execute({ userId }: ShowSecondFactor): Promise<SecondFactorState> {
    return readAs<SecondFactorState>(this.work, userId, async (sql) => {
      const factors = await secondFactorsOf(sql, userId);
      const inForce = factors.find(({ state }) => state === 'in_force');
      const { length: passkeys } = await passkeysOf(sql, userId);
      if (inForce) return { state: 'in_force', recoveryCodesLeft: left(await usedCodes(sql, inForce.factorId)), passkeys };
      return { state: factors.length > 0 ? 'begun' : 'none', recoveryCodesLeft: null, passkeys };
    });
  }
}

const left = (used: readonly Readonly<{ what: string }>[]): number => RECOVERY_CODES - used.filter(({ what }) => what === 'recovery').length;
