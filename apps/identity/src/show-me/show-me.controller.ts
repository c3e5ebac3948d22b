import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { ROLES, type Principal } from '#libs/auth';
import { Api, Caller, idOut, idText, Problem } from '#libs/http';
import { idOf } from '#libs/kernel';
import { MembershipAnswer, shownMembership } from '../identity-view.js';
import { ShowMe } from './show-me.query.js';

const Me = z.strictObject({
  userId: idText('user'), name: z.string(), email: z.string(), organisationId: idText('organisation'), memberships: z.array(MembershipAnswer),
});

@Controller('identity/me')
export class ShowMeController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({ summary: 'Who the token speaks for, and which organisations that person has', who: ROLES, mandate: 'none', answer: Me })
  async show(@Caller() { userId, organisationId }: Principal) {
    const me = await this.queries.execute(new ShowMe(userId));
    // A token outlives its person only if somebody deleted rows by hand.
    if (!me) throw new Problem('token_invalid');
    return {
      userId: idOut('user', idOf('user', userId)), name: me.user.name, email: me.user.email,
      organisationId: idOut('organisation', idOf('organisation', organisationId)), memberships: me.memberships.map(shownMembership),
    };
  }
}
