import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { assert, isRejected } from '#libs/kernel';
import { checkpointAnswer, shownCheckpoint } from './checkpoint-answer.js';
import { PublishCheckpoint } from './publish-checkpoint.command.js';

const body = z.strictObject({});
const answer = checkpointAnswer.extend({ isNew: z.boolean().describe('false when nothing came since the last checkpoint') });

@Controller('audit/checkpoints')
export class PublishCheckpointController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Seal the log to its end now, sign it and tell everybody', who: ['operator', 'auditor'], mandate: 'scoped', body, answer, status: 201,
    refusals: ['checkpoint_contradicted', 'log_empty'],
  })
  async publish(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof answer>> {
    parse(body, asked);
    const outcome = await this.commands.execute(new PublishCheckpoint(meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    assert(outcome, 'a checkpoint that somebody asks for is due');
    return { ...shownCheckpoint(outcome), isNew: outcome.isNew };
  }
}
