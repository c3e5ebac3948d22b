import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { ROLES, type Principal } from '#libs/auth';
import { Api, Caller, idOut, idText } from '#libs/http';
import { idOf } from '#libs/kernel';
import { ListMembers } from './list-members.query.js';

const Members = z.strictObject({
  items: z.array(z.strictObject({
    userId: idText('user'), name: z.string(), email: z.string(), roles: z.array(z.enum(ROLES)), since: z.iso.datetime(),
    state: z.enum(['invited', 'proposed', 'in_force']), invitedUntil: z.iso.datetime().nullable(), hasSecondFactor: z.boolean(),
  })),
});

@Controller('identity/members')
export class ListMembersController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({
    summary: "The people of the caller's own organisation, those that are invited too", who: ['operator', 'approver', 'payer', 'manager', 'distributor', 'auditor'],
    mandate: 'none', answer: Members,
  })
  async list(@Caller() { organisationId }: Principal) {
    const members = await this.queries.execute(new ListMembers(organisationId));
    return {
      items: members.map(({ userId, since, invitedUntil, ...member }) => ({
        ...member, userId: idOut('user', idOf('user', userId)), since: since.toISOString(), invitedUntil: invitedUntil?.toISOString() ?? null,
      })),
    };
  }
}
