import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { idOf, reject, type AgentId, type Rejected } from '#libs/kernel';
import { OVERSEER, readAs } from '#libs/persistence';
import { insertAgent, listAgents, type Agent } from '../agent.store.js';
import { actorOf, IssuanceWork } from '../issuance.work.js';
import { ListAgents, RegisterAgent } from './keep-agents.command.js';

@CommandHandler(RegisterAgent)
export class RegisterAgentHandler implements ICommandHandler<RegisterAgent> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ distributorId, name, meta }: RegisterAgent) {
    return this.work.once<{ agentId: AgentId } | Rejected>(meta, async (tx) => {
      const agentId = idOf('agent', tx.newId());
      const inserted = await insertAgent(tx, { agentId, distributorId, name }, actorOf(tx));
      return inserted ? { agentId } : reject('agent_exists');
    });
  }
}

@QueryHandler(ListAgents)
export class ListAgentsHandler implements IQueryHandler<ListAgents> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ distributorId, after, rowsMax }: ListAgents): Promise<readonly Agent[]> {
    return readAs(this.work, distributorId ?? OVERSEER, (sql) => listAgents(sql, distributorId, after, rowsMax));
  }
}
