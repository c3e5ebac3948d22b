import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { ROLES } from '#libs/auth';
import { Api, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { idOf, isRejected } from '#libs/kernel';
import { ownOrganisation } from '../add-member/add-member.controller.js';
import { ChangeRoles } from './change-roles.command.js';

const Change = z.strictObject({
  userId: idIn('user'), organisationId: idIn('organisation'),
  roles: z.array(z.enum(ROLES)).min(1).max(ROLES.length).refine((roles) => new Set(roles).size === roles.length, 'a role twice'),
});
const Changed = z.strictObject({ userId: idText('user') });

@Controller('identity/members')
export class ChangeRolesController {
  constructor(private readonly commands: CommandBus) {}

  @Post('roles')
  @HttpCode(201)
  @Api({
    summary: 'Give a member other roles; tokens with those of before are refused within seconds', who: ['operator', 'payer', 'manager', 'distributor', 'auditor'],
    freshSecondFactor: true, mandate: 'none', body: Change, status: 201, answer: Changed,
    refusals: ['role_not_of_organisation', 'member_is_caller', 'member_exists', 'member_not_found', 'roles_need_confirmation'],
  })
  async change(@Body() body: unknown, @Meta() meta: HttpMeta) {
    const { roles, ...member } = parse(Change, body);
    const outcome = await this.commands.execute(new ChangeRoles({ ...member, askedFrom: ownOrganisation(meta.caller) }, roles, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { userId: idOut('user', idOf('user', outcome.userId)) };
  }
}
