import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { ROLES, type Principal } from '#libs/auth';
import { Api, Caller, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { ChooseNotices, ShowNoticeChoice } from './choose-notices.command.js';

const choice = z.strictObject({
  language: z.enum(['fr', 'en']),
  optional: z.boolean().describe('false: only notices that ask to act or warn; those cannot be declined'),
});

@Controller('identity/me/notice-choice')
export class ChooseNoticesController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Get()
  @Api({ summary: 'In which language one gets notices by mail, and whether also those that ask nothing', who: ROLES, mandate: 'none', answer: choice })
  show(@Caller() { userId }: Principal): Promise<z.output<typeof choice>> {
    return this.queries.execute(new ShowNoticeChoice(userId));
  }

  @Post()
  @HttpCode(200)
  @Api({ summary: 'Choose the language of one\'s notices, and whether to get those that ask nothing', who: ROLES, mandate: 'none', body: choice, answer: choice })
  async choose(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof choice>> {
    const outcome = await this.commands.execute(new ChooseNotices(meta.caller.userId, parse(choice, asked), meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return outcome;
  }
}
