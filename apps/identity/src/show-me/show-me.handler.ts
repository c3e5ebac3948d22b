import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { IdentityWork } from '../identity.work.js';
import { MEMBERSHIPS_MAX } from '../limits.js';
import { membershipsOf } from '../organisation.store.js';
import { findUser } from '../user.store.js';
import { ShowMe } from './show-me.query.js';

@QueryHandler(ShowMe)
export class ShowMeHandler implements IQueryHandler<ShowMe> {
  constructor(private readonly work: IdentityWork) {}

  async execute({ userId }: ShowMe) {
    const user = await findUser(this.work.client, userId);
    return user && { user, memberships: await membershipsOf(this.work.client, userId, MEMBERSHIPS_MAX) };
  }
}
