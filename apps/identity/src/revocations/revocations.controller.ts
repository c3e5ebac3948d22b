import { Controller, Get, Header } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api } from '#libs/http';
import { ShowRevocations } from './revocations.query.js';

const List = z.strictObject({ list: z.string().describe('a JWS of the keys of jwks.json, for seconds: `ids` of sign-ins, memberships, mandates and keys that ended') });

@Controller('identity')
export class RevocationsController {
  constructor(private readonly queries: QueryBus) {}

  @Get('revocations.json')
  @Header('cache-control', 'no-store')
  @Api({ summary: 'What ended in the last minutes: a token that names one of these is refused by every service', who: 'anyone', answer: List })
  async show() {
    return { list: await this.queries.execute(new ShowRevocations()) };
  }
}
