import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { PayeeValidatedV1 } from '#libs/contracts';
import { isRejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { lockByName } from '../database.store.js';
import { personOf, SettlementWork } from '../settlement.work.js';
import { COOLING_OFF } from './cooling-off.decision.js';
import { holderDiffers } from './holder-differs.js';
import { ApproveBankAccount } from './payee-bank-account.commands.js';
import { decideVersionApproval } from './payee-bank-account.decision.js';
import {
  approveVersion, holderOfIban, isShared, lastVerification, latestVersion, lockVersion, placesOf, type BankAccountVersion,
} from './payee-bank-account.store.js';
import { tellBankChange } from './tell-bank-change.js';

@CommandHandler(ApproveBankAccount)
export class ApproveBankAccountHandler implements ICommandHandler<ApproveBankAccount> {
  constructor(private readonly work: SettlementWork, @Inject(COOLING_OFF) private readonly coolingOffHours: number) {}

  execute({ request: { bankAccountId, reason }, meta }: ApproveBankAccount) {
    return this.work.once(meta, async (tx) => {
      const version = await lockVersion(tx, bankAccountId);
      // One approval of an IBAN at a time: two payees must not get the same one at once.
      if (version) await lockByName(tx, `iban ${version.iban}`);
      const decided = decideVersionApproval({
        version, checker: personOf(tx), latest: version ? await latestVersion(tx, version.payeeId) : 0,
        holder: version && await holderOfIban(tx, version.iban),
        isShared: version !== undefined && await isShared(tx, version.payeeId, version.iban),
        verification: version && await lastVerification(tx, bankAccountId), reason,
        holderDiffers: version !== undefined && holderDiffers(version),
      });
      if (isRejected(decided)) return decided;
      await approveVersion(tx, version!, reason);
      await announce(tx, version!);
      await tellBankChange(tx, {
        rail: 'sepa', step: 'approved', version: { ...version!, account: version!.iban }, coolingOffHours: this.coolingOffHours,
      });
      return { bankAccountId, version: version!.version };
    });
  }
}

async function announce(tx: Tx, { payeeId, version }: BankAccountVersion): Promise<void> {
  const places = await placesOf(tx, payeeId);
  await tx.emitAll(PayeeValidatedV1, places.map((placeId) => ({
    subject: `payee:${payeeId}`, subjectVersion: version, body: { payeeId, placeId, bankVersion: version },
  })));
}
