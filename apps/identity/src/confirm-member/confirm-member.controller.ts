import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { ROLES, type Principal } from '#libs/auth';
import { Api, Caller, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { idOf, isRejected } from '#libs/kernel';
import { ConfirmMember } from './confirm-member.command.js';
import { ListProposedMembers } from './list-proposed-members.query.js';

const Confirmation = z.strictObject({
  userId: idIn('user'), roles: z.array(z.enum(ROLES)).max(ROLES.length).describe('that one stands for, as they were read: others are refused'),
});
const Confirmed = z.strictObject({ userId: idText('user') });
const Proposed = z.strictObject({
  items: z.array(z.strictObject({
    userId: idText('user'), name: z.string(), email: z.string(), roles: z.array(z.enum(ROLES)), proposedBy: idText('user'),
    proposedAt: z.iso.datetime(),
  })),
});

@Controller('identity/members')
export class ConfirmMemberController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post('confirmations')
  @HttpCode(201)
  @Api({
    summary: "Stand for a new member of the operator whom somebody else proposed; until then that person cannot act for it",
    who: ['approver'], freshSecondFactor: true, body: Confirmation, status: 201, answer: Confirmed,
    refusals: ['member_not_found', 'member_confirmed', 'confirmer_is_member', 'confirmer_is_proposer', 'member_roles_changed'],
  })
  async confirm(@Body() body: unknown, @Meta() meta: HttpMeta) {
    const { userId, roles } = parse(Confirmation, body);
    const outcome = await this.commands.execute(new ConfirmMember(userId, idOf('organisation', meta.caller.organisationId), roles, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { userId: idOut('user', outcome.userId) };
  }

  @Get('proposed')
  @Api({ summary: 'Members of the operator that wait for a second person', who: ['operator', 'approver'], answer: Proposed })
  async list(@Caller() { organisationId }: Principal) {
    const members = await this.queries.execute(new ListProposedMembers(organisationId));
    return {
      items: members.map(({ userId, proposedBy, proposedAt, ...member }) => ({
        ...member, userId: idOut('user', idOf('user', userId)), proposedBy: idOut('user', idOf('user', proposedBy)),
        proposedAt: proposedAt.toISOString(),
      })),
    };
  }
}
