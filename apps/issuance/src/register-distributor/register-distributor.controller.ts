import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import {
  Api, idOut, idText, Meta, pageAnswer, pageOf, pageQuery, parse, Problem, textIn, type HttpMeta, type Page,
} from '#libs/http';
import { isRejected } from '#libs/kernel';
import { siretIn } from '#libs/sirene';
import { communeIn } from '#libs/sirene';
import { placeOf } from '../id-cursor.js';
import { COMMUNES_MAX } from '../limits.js';
import { ListDistributors, RegisterDistributor } from './register-distributor.command.js';

const body = z.strictObject({
  name: textIn(200), siret: siretIn,
  communes: z.array(communeIn).max(COMMUNES_MAX).default([]).describe('INSEE codes of the communes that it serves'),
});
const registered = z.strictObject({ distributorId: idText('distributor') });
const shown = z.strictObject({
  distributorId: idText('distributor'), name: z.string(), siret: z.string(), communes: z.array(z.string()),
});

@Controller('issuance/distributors')
export class RegisterDistributorController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Register an organisation that hands vouchers over', who: ['operator'],
    body, answer: registered, status: 201, refusals: ['distributor_exists'],
  })
  async register(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof registered>> {
    const outcome = await this.commands.execute(new RegisterDistributor(parse(body, asked), meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { distributorId: idOut('distributor', outcome.distributorId) };
  }

  @Get()
  @Api({
    summary: 'Distributors, in the order of their registration', who: ['operator', 'auditor'],
    query: pageQuery, answer: pageAnswer(shown),
  })
  async list(@Query() query: unknown): Promise<Page<z.output<typeof shown>>> {
    const { limit, cursor } = parse(pageQuery, query);
    const rows = await this.queries.execute(new ListDistributors(placeOf('distributor', cursor), limit + 1));
    return pageOf(rows, limit, ({ distributorId }) => [distributorId], ({ distributorId, communes, ...row }) =>
      ({ ...row, communes: [...communes], distributorId: idOut('distributor', distributorId) }));
  }
}
