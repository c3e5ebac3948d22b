import { createHmac } from 'node:crypto';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { ROLES } from '#libs/auth';
import { Api, idIn, idOut, idText, Meta, parse, Problem, textIn, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { Keyring } from '#libs/keys';
import { Authentication } from '../authentication.js';
import { EMAIL_LENGTH_MAX, NAME_LENGTH_MAX, PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from '../limits.js';
import { AddMember } from './add-member.command.js';

const Member = z.strictObject({
  organisationId: idIn('organisation'),
  email: z.string().trim().toLowerCase().max(EMAIL_LENGTH_MAX).pipe(z.email()),
  name: textIn(NAME_LENGTH_MAX),
  password: z.string().min(PASSWORD_LENGTH_MIN).max(PASSWORD_LENGTH_MAX).optional().describe('The first password of a new person'),
  roles: z.array(z.enum(ROLES)).min(1).max(ROLES.length).refine((roles) => new Set(roles).size === roles.length, 'a role twice'),
});
const Added = z.strictObject({ userId: idText('user') });

@Controller('identity/members')
export class AddMemberController {
  constructor(private readonly commands: CommandBus, private readonly authentication: Authentication, private readonly keyring: Keyring) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Make a person a member of an organisation; a new person gets a first password', who: ['operator'], body: Member,
    status: 201, answer: Added,
    refusals: [
      'organisation_not_found', 'role_not_of_organisation', 'member_is_caller', 'member_exists', 'member_of_other_side', 'user_exists', 'password_missing',
    ],
  })
  async add(@Body() body: unknown, @Meta() meta: HttpMeta) {
    const { password, ...member } = parse(Member, body);
    // Slow on purpose, so before the transaction.
    const passwordHash = password === undefined ? undefined : await this.authentication.hash(password);
    const keyed = { ...meta, requestHash: this.keyed(meta.requestHash) };
    const outcome = await this.commands.execute(new AddMember({ ...member, passwordHash }, keyed));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { userId: idOut('user', outcome.userId) };
  }

  /** The hash of a request is stored; of one that holds a password it would let passwords be guessed at leisure. */
  private keyed(requestHash: string): string {
    return createHmac('sha256', this.keyring.deriveSecret('identity:request-hash')).update(requestHash).digest('hex');
  }
}
