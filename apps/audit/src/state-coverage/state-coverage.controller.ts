import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { StateCoverage } from './state-coverage.command.js';

const body = z.strictObject({});
const answer = z.strictObject({
  stated: z.array(z.strictObject({ number: z.int(), day: z.string(), final: z.boolean(), sha256: z.string() }))
    .describe('empty where the ledgers have told nothing new'),
});

@Controller('audit/coverage')
export class StateCoverageController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'State coverage now, from what the ledgers have announced', who: ['operator', 'auditor'], body, answer, status: 201, refusals: [],
  })
  async state(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof answer>> {
    parse(body, asked);
    const outcome = await this.commands.execute(new StateCoverage(meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { stated: [...outcome] };
  }
}
