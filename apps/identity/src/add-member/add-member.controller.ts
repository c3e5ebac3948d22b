import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { ROLES, type Principal } from '#libs/auth';
import { Api, idIn, idOut, idText, Meta, parse, Problem, textIn, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { EMAIL_LENGTH_MAX, NAME_LENGTH_MAX } from '../limits.js';
import { AddMember } from './add-member.command.js';

const Member = z.strictObject({
  organisationId: idIn('organisation'),
  email: z.string().trim().toLowerCase().max(EMAIL_LENGTH_MAX).pipe(z.email()),
  name: textIn(NAME_LENGTH_MAX),
  roles: z.array(z.enum(ROLES)).min(1).max(ROLES.length).refine((roles) => new Set(roles).size === roles.length, 'a role twice'),
});
const Added = z.strictObject({ userId: idText('user') });

/** The operator answers for every organisation, everybody else for their own. */
export const ownOrganisation = ({ organisationKind, organisationId }: Principal): string | null => (organisationKind === 'operator' ? null : organisationId);

@Controller('identity/members')
export class AddMemberController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Make a person a member of an organisation: the operator of any, its own people of theirs; who is new is invited by mail, and chooses a password there',
    who: ['operator', 'payer', 'manager', 'distributor', 'auditor'], freshSecondFactor: true, mandate: 'none', body: Member, status: 201, answer: Added,
    refusals: ['organisation_not_found', 'role_not_of_organisation', 'member_is_caller', 'member_exists', 'member_of_other_side', 'mailbox_of_member', 'invitations_too_many'],
  })
  async add(@Body() body: unknown, @Meta() meta: HttpMeta) {
    const outcome = await this.commands.execute(new AddMember({ ...parse(Member, body), addedFrom: ownOrganisation(meta.caller) }, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { userId: idOut('user', outcome.userId) };
  }
}
