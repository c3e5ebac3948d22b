import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { idOf, isRejected } from '#libs/kernel';
import { ResetSecondFactor } from './reset-second-factor.command.js';

const Reset = z.strictObject({ userId: idIn('user') });
const Done = z.strictObject({ userId: idText('user') });

@Controller('identity/members')
export class ResetSecondFactorController {
  constructor(private readonly commands: CommandBus) {}

  @Post('second-factor-resets')
  @HttpCode(201)
  @Api({
    summary: "Take somebody's second factor away, who lost it: they begin another with their password", who: ['approver'], freshSecondFactor: true,
    body: Reset, status: 201, answer: Done, refusals: ['second_factor_missing', 'second_factor_of_caller'],
  })
  async reset(@Body() body: unknown, @Meta() meta: HttpMeta) {
    const { userId } = parse(Reset, body);
    const outcome = await this.commands.execute(new ResetSecondFactor(userId, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { userId: idOut('user', idOf('user', outcome.userId)) };
  }
}
