import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { z } from 'zod';
import { Api, parse } from '#libs/http';
import { Restater } from './restater.js';

const body = z.strictObject({});
const answer = z.strictObject({ begun: z.literal(true).describe('it goes on by itself; comparisons begin again with the next whole count of each ledger') });

@Controller('audit/restatements')
export class RestatementsController {
  constructor(private readonly restater: Restater) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Make the restated ledgers again from the first event: after a new version of what an event moves', who: ['operator', 'auditor'], once: false, body, answer,
    status: 201, refusals: [],
  })
  async begin(@Body() asked: unknown): Promise<z.output<typeof answer>> {
    parse(body, asked);
    await this.restater.startAgain();
    return { begun: true };
  }
}
