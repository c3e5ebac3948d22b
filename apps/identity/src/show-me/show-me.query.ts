import { Query } from '@nestjs/cqrs';
import type { Membership } from '../organisation.store.js';
import type { User } from '../user.store.js';

export type Me = Readonly<{ user: User; memberships: readonly Membership[] }>;

export class ShowMe extends Query<Me | undefined> {
  constructor(readonly userId: string) {
    super();
  }
}
