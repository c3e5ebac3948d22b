import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isRejected } from '#libs/kernel';
import { lockByName } from '../database.store.js';
import { SettlementWork } from '../settlement.work.js';
import { insertBankAccount, ourIbans } from './bank-account.store.js';
import { OpenBankAccount } from './open-bank-account.command.js';
import { decideBankAccount } from './open-bank-account.decision.js';

@CommandHandler(OpenBankAccount)
export class OpenBankAccountHandler implements ICommandHandler<OpenBankAccount> {
  constructor(private readonly work: SettlementWork) {}

  execute({ request, meta }: OpenBankAccount) {
    return this.work.once(meta, async (tx) => {
      await lockByName(tx, 'bank accounts');
      const decided = decideBankAccount(request, await ourIbans(tx.sql));
      if (isRejected(decided)) return decided;
      const bankAccountId = tx.newId();
      await insertBankAccount(tx, bankAccountId, request);
      return { bankAccountId };
    });
  }
}
