import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { idOf, isRejected } from '#libs/kernel';
import { ownOrganisation } from '../add-member/add-member.controller.js';
import { EndMember } from './end-member.command.js';

const Ending = z.strictObject({ userId: idIn('user'), organisationId: idIn('organisation') });
const Ended = z.strictObject({ userId: idText('user') });

@Controller('identity/members')
export class EndMemberController {
  constructor(private readonly commands: CommandBus) {}

  // It stops something, so it asks for no fresh code: who sees that it is wrong must not first look for a phone.
  @Post('endings')
  @HttpCode(201)
  @Api({
    summary: 'End a membership, or withdraw an invitation: tokens of it are refused by every service within seconds',
    who: ['operator', 'approver', 'payer', 'manager', 'distributor', 'auditor'], mandate: 'none', body: Ending, status: 201, answer: Ended,
    refusals: ['member_not_found', 'member_is_caller', 'operator_would_be_locked'],
  })
  async end(@Body() body: unknown, @Meta() meta: HttpMeta) {
    const outcome = await this.commands.execute(new EndMember({ ...parse(Ending, body), askedFrom: ownOrganisation(meta.caller) }, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { userId: idOut('user', idOf('user', outcome.userId)) };
  }
}
