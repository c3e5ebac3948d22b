import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { idOf, reject } from '#libs/kernel';
import { lockByName } from '../database.store.js';
import { IssuanceWork } from '../issuance.work.js';
import { insertPayer, listPayers, PAYERS_LOCK, type PayerView } from '../payer.store.js';
import { ListPayers, RegisterPayer } from './register-payer.command.js';

@CommandHandler(RegisterPayer)
export class RegisterPayerHandler implements ICommandHandler<RegisterPayer> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ payer, meta }: RegisterPayer) {
    return this.work.once(meta, async (tx) => {
      await lockByName(tx, PAYERS_LOCK);
      const payerId = idOf('payer', tx.newId());
      return (await insertPayer(tx, { payerId, ...payer })) ? { payerId } : reject('payer_exists');
    });
  }
}

@QueryHandler(ListPayers)
export class ListPayersHandler implements IQueryHandler<ListPayers> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ asked }: ListPayers): Promise<readonly PayerView[]> {
    return listPayers(this.work.client, asked);
  }
}
