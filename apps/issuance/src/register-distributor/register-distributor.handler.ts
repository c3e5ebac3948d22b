import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { idOf, reject, type DistributorId, type Rejected } from '#libs/kernel';
import { insertDistributor, listDistributors, type Distributor } from '../distributor.store.js';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import { ListDistributors, RegisterDistributor } from './register-distributor.command.js';

@CommandHandler(RegisterDistributor)
export class RegisterDistributorHandler implements ICommandHandler<RegisterDistributor> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ distributor, meta }: RegisterDistributor) {
    return this.work.once<{ distributorId: DistributorId } | Rejected>(meta, async (tx) => {
      const distributorId = idOf('distributor', tx.newId());
      const inserted = await insertDistributor(tx, { distributorId, ...distributor }, actorOf(tx));
      return inserted ? { distributorId } : reject('distributor_exists');
    });
  }
}

@QueryHandler(ListDistributors)
export class ListDistributorsHandler implements IQueryHandler<ListDistributors> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ after, rowsMax }: ListDistributors): Promise<readonly Distributor[]> {
    return listDistributors(this.work.client, after, rowsMax);
  }
}
