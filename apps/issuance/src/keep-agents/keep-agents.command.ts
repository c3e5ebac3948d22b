import { Command, Query } from '@nestjs/cqrs';
import type { AgentId, DistributorId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { Agent } from '../agent.store.js';

/** A desk of the distributor, which may hold stock of its own from now on. */
export class RegisterAgent extends Command<{ agentId: AgentId } | Rejected> {
  constructor(readonly distributorId: DistributorId, readonly name: string, readonly meta: Meta) {
    super();
  }
}

/** Of one distributor, or of all where null. */
export class ListAgents extends Query<readonly Agent[]> {
  constructor(readonly distributorId: DistributorId | null, readonly after: AgentId | null, readonly rowsMax: number) {
    super();
  }
}
