import { Command, Query } from '@nestjs/cqrs';
import type { DistributorId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { Distributor } from '../distributor.store.js';

export class RegisterDistributor extends Command<{ distributorId: DistributorId } | Rejected> {
  constructor(readonly distributor: Omit<Distributor, 'distributorId'>, readonly meta: Meta) {
    super();
  }
}

export class ListDistributors extends Query<readonly Distributor[]> {
  constructor(readonly after: DistributorId | null, readonly rowsMax: number) {
    super();
  }
}
