import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import {
  Api, idOut, idText, Meta, pageAnswer, pageOf, pageQuery, parse, Problem, textIn, type HttpMeta, type Page,
} from '#libs/http';
import { isRejected } from '#libs/kernel';
import { sirenIn, siretIn } from '#libs/sirene';
import { placeOf } from '../id-cursor.js';
import { ListPayers, RegisterPayer } from './register-payer.command.js';

const body = z.strictObject({ name: textIn(200), siren: sirenIn, siret: siretIn.nullable().default(null) })
  .refine(({ siren, siret }) => siret === null || siret.startsWith(siren), {
    path: ['siret'], message: 'expected a SIRET of this SIREN',
  });
const registered = z.strictObject({ payerId: idText('payer') });
const query = pageQuery.extend({
  search: textIn(100).optional().describe('part of a name, or all of SIREN, SIRET or code of the territory'),
});
const territory = z.strictObject({ kind: z.string().describe('commune, epci, departement or region'), code: z.string(), name: z.string() });
export const shownPayer = z.strictObject({
  payerId: idText('payer'), name: z.string(), siren: z.string(), siret: z.string().nullable(), territories: z.array(territory),
});

@Controller('issuance/payers')
export class RegisterPayerController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Register an organisation that funds vouchers', who: ['operator'],
    body, answer: registered, status: 201, refusals: ['payer_exists'],
  })
  async register(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof registered>> {
    const outcome = await this.commands.execute(new RegisterPayer(parse(body, asked), meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { payerId: idOut('payer', outcome.payerId) };
  }

  @Get()
  @Api({
    summary: 'Payers, in the order of their registration', who: ['operator', 'auditor'],
    query, answer: pageAnswer(shownPayer),
  })
  async list(@Query() asked: unknown): Promise<Page<z.output<typeof shownPayer>>> {
    const { limit, cursor, search = null } = parse(query, asked);
    const rows = await this.queries.execute(new ListPayers({ after: placeOf('payer', cursor), rowsMax: limit + 1, search }));
    return pageOf(rows, limit, ({ payerId }) => [payerId], ({ territories, ...row }) => (
      { ...row, payerId: idOut('payer', row.payerId), territories: [...territories] }));
  }
}
