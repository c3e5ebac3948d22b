import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRejected, reject } from '#libs/kernel';
import { ourIbans } from '../bank-accounts/bank-account.store.js';
import { lockByName } from '../database.store.js';
import { payeeBehind } from '../netting/netting.store.js';
import { SettlementWork } from '../settlement.work.js';
import { COOLING_OFF } from './cooling-off.decision.js';
import { ProposeBankAccount } from './payee-bank-account.commands.js';
import { decideProposal } from './payee-bank-account.decision.js';
import { holderOfIban, insertProposal, isShared, payeeState } from './payee-bank-account.store.js';
import { tellBankChange } from './tell-bank-change.js';

@CommandHandler(ProposeBankAccount)
export class ProposeBankAccountHandler implements ICommandHandler<ProposeBankAccount> {
  constructor(private readonly work: SettlementWork, @Inject(COOLING_OFF) private readonly coolingOffHours: number) {}

  execute({ request: { of, ...account }, meta }: ProposeBankAccount) {
    return this.work.once(meta, async (tx) => {
      const payeeId = 'placeId' in of ? await payeeBehind(tx, of.placeId) : of.payeeId;
      if (payeeId === undefined) return reject('place_unknown');
      await lockByName(tx, `payee ${payeeId}`);
      const decided = decideProposal({
        payeeId, iban: account.iban, bic: account.bic, payee: await payeeState(tx, payeeId), ourIbans: await ourIbans(tx.sql),
        holder: await holderOfIban(tx, account.iban), isShared: await isShared(tx, payeeId, account.iban),
      });
      if (isRejected(decided)) return decided;
      const bankAccountId = tx.newId();
      const version = await insertProposal(tx, bankAccountId, payeeId, { ...account, placeId: 'placeId' in of ? of.placeId : null });
      await tellBankChange(tx, {
        rail: 'sepa', step: 'proposed', version: { payeeId, version, account: account.iban }, coolingOffHours: this.coolingOffHours,
      });
      return { bankAccountId, version };
    });
  }
}
