import { Command, Query } from '@nestjs/cqrs';
import type { Rejected } from '#libs/kernel';
import type { SignedIn } from '../authentication.js';

/** `state` is of the codes. `recoveryCodesLeft`: of the factor in force, or null. `passkeys`: how many may be shown instead. */
export type SecondFactorState = Readonly<{ state: 'none' | 'begun' | 'in_force'; recoveryCodesLeft: number | null; passkeys: number }>;
export type Begun = Readonly<{ uri: string; secret: string }>;

/** A new factor that waits for its first code. The caller has asked for the password again. */
export class BeginSecondFactor extends Command<Begun | Rejected> {
  constructor(readonly signedIn: SignedIn, readonly correlationId: string) {
    super();
  }
}

/** Its first code: from now on it is in force, in the place of the one before. */
export class ConfirmSecondFactor extends Command<Readonly<{ recoveryCodes: readonly string[] }> | Rejected> {
  constructor(readonly signedIn: SignedIn, readonly code: string, readonly correlationId: string) {
    super();
  }
}

/** A code of the factor in force, or a recovery code, for this sign-in. */
export class UseSecondFactor extends Command<Readonly<{ recoveryCodesLeft: number }> | Rejected> {
  constructor(readonly signedIn: SignedIn, readonly code: string, readonly correlationId: string) {
    super();
  }
}

export class ShowSecondFactor extends Query<SecondFactorState> {
  constructor(readonly userId: string) {
    super();
  }
}
