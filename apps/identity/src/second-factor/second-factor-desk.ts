// What the commands of a second factor share: the candidates that a typed code is compared with, and the real time that codes run by.
import { isRejected, type Rejected } from '#libs/kernel';
import type { Keyring } from '#libs/keys';
import type { Tx } from '#libs/persistence';
import { CODE_STEP_SECONDS, CODE_STEPS_OFF_MAX } from '../limits.js';
import type { RefusalCode } from '../refusals.js';
import { decideCode, type UsedCode } from './code.decision.js';
import { codeOfStep, isSameCode, readRecoveryCode, recoveryCodes, type FactorKey } from './codes.js';
import { insertUse, usedCodes } from './second-factor.store.js';

type Code = UsedCode & Readonly<{ code: string }>;

export class SecondFactorDesk {
  /** Real time, as authenticators and tokens have it, not the clock of a simulation. */
  constructor(readonly keyring: Keyring, private readonly nowMs: () => number = Date.now) {}

  /** Uses the code up for this sign-in, or says why it opens nothing. Under the person's lock. */
  async use(tx: Tx, factor: FactorKey, sessionId: string, typed: string): Promise<UsedCode | Rejected<RefusalCode>> {
    const used = await usedCodes(tx.sql, factor.factorId);
    const isDigits = /^\d{6}$/.test(typed);
    const codes = isDigits ? await this.steps(factor) : this.recovery(factor);
    const given = isDigits ? typed : readRecoveryCode(typed);
    const decided = decideCode(codes.map(({ what, number, code }) => ({
      what, number, isTyped: isSameCode(code, given), isUsed: used.some((one) => one.what === what && one.number === number),
    })));
    if (isRejected(decided)) return decided;
    await insertUse(tx, { ...decided, factorId: factor.factorId, sessionId, usedAt: new Date(this.nowMs()) });
    return decided;
  }

  private async steps(factor: FactorKey): Promise<Code[]> {
    const now = Math.floor(this.nowMs() / 1_000 / CODE_STEP_SECONDS);
    const numbers = Array.from({ length: 2 * CODE_STEPS_OFF_MAX + 1 }, (_, at) => now - CODE_STEPS_OFF_MAX + at);
    return Promise.all(numbers.map(async (number) => ({ what: 'step', number, code: await codeOfStep(this.keyring, factor, number) })));
  }

  private recovery(factor: FactorKey): Code[] {
    return recoveryCodes(this.keyring, factor).map((code, number) => ({ what: 'recovery', number, code }));
  }
}
