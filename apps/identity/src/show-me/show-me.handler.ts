import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { readAs } from '#libs/persistence';
import { IdentityWork } from '../identity.work.js';
import { MEMBERSHIPS_MAX } from '../limits.js';
import { membershipsOf } from '../organisation.store.js';
import { findUser } from '../user.store.js';
import { ShowMe } from './show-me.query.js';

@QueryHandler(ShowMe)
export class ShowMeHandler implements IQueryHandler<ShowMe> {
  constructor(private readonly work: IdentityWork) {}

  execute({ userId }: ShowMe) {
    return readAs(this.work, userId, async (sql) => {
      const user = await findUser(sql, userId);
      return user && { user, memberships: await membershipsOf(sql, userId, MEMBERSHIPS_MAX) };
    });
  }
}
