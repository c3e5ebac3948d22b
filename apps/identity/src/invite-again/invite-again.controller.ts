import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { idOf, isRejected } from '#libs/kernel';
import { ownOrganisation } from '../add-member/add-member.controller.js';
import { InviteAgain } from './invite-again.command.js';

const Again = z.strictObject({ userId: idIn('user'), organisationId: idIn('organisation') });
const Invited = z.strictObject({ userId: idText('user') });

@Controller('identity/members')
export class InviteAgainController {
  constructor(private readonly commands: CommandBus) {}

  @Post('invitations')
  @HttpCode(201)
  @Api({
    summary: 'Mail an invitation again: the link of before opens nothing any more', who: ['operator', 'payer', 'manager', 'distributor', 'auditor'],
    mandate: 'none', body: Again, status: 201, answer: Invited, refusals: ['member_not_found', 'invitation_over', 'invitations_too_many'],
  })
  async again(@Body() body: unknown, @Meta() meta: HttpMeta) {
    const outcome = await this.commands.execute(new InviteAgain({ ...parse(Again, body), askedFrom: ownOrganisation(meta.caller) }, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { userId: idOut('user', idOf('user', outcome.userId)) };
  }
}
