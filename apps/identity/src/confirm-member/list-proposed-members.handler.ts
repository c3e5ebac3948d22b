import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { readAs } from '#libs/persistence';
import { IdentityWork } from '../identity.work.js';
import { PROPOSED_MEMBERS_MAX } from '../limits.js';
import { listProposedMembers } from '../organisation.store.js';
import { ListProposedMembers } from './list-proposed-members.query.js';

@QueryHandler(ListProposedMembers)
export class ListProposedMembersHandler implements IQueryHandler<ListProposedMembers> {
  constructor(private readonly work: IdentityWork) {}

  execute({ organisationId }: ListProposedMembers) {
    return readAs(this.work, organisationId, (sql) => listProposedMembers(sql, organisationId, PROPOSED_MEMBERS_MAX));
  }
}
