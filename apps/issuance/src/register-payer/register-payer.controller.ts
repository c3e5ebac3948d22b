import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { stdnum } from 'stdnum';
import { z } from 'zod';
import {
  Api, idOut, idText, Meta, pageAnswer, pageOf, pageQuery, parse, Problem, textIn, type HttpMeta, type Page,
} from '#libs/http';
import { assert, isRejected } from '#libs/kernel';
import { placeOf } from '../id-cursor.js';
import { ListPayers, RegisterPayer } from './register-payer.command.js';

const french = stdnum.FR;
assert(french?.siren && french.siret, 'stdnum without the French company numbers');
const { siren: sirenRule, siret: siretRule } = french;
const digits = z.string().trim().max(20).transform((text) => text.replace(/\s/g, ''));
const isSiren = (siren: string): boolean => sirenRule.validate(siren).isValid;
const sirenIn = digits.refine(isSiren, 'expected a SIREN, 9 digits with their check digit');
const siretIn = digits.refine(isSiret, 'expected a SIRET, 14 digits with their check digit');

/** La Poste numbers its offices by a rule of its own: the sum of the digits is a multiple of five. */
function isSiret(siret: string): boolean {
  if (siretRule.validate(siret).isValid) return true;
  return /^356000000\d{5}$/.test(siret) && [...siret].reduce((total, digit) => total + Number(digit), 0) % 5 === 0;
}

const body = z.strictObject({ name: textIn(200), siren: sirenIn, siret: siretIn.nullable().default(null) })
  .refine(({ siren, siret }) => siret === null || siret.startsWith(siren), {
    path: ['siret'], message: 'expected a SIRET of this SIREN',
  });
const registered = z.strictObject({ payerId: idText('payer') });
const shown = z.strictObject({ payerId: idText('payer'), name: z.string(), siren: z.string(), siret: z.string().nullable() });

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
    query: pageQuery, answer: pageAnswer(shown),
  })
  async list(@Query() query: unknown): Promise<Page<z.output<typeof shown>>> {
    const { limit, cursor } = parse(pageQuery, query);
    const rows = await this.queries.execute(new ListPayers(placeOf('payer', cursor), limit + 1));
    return pageOf(rows, limit, ({ payerId }) => [payerId], (row) => ({ ...row, payerId: idOut('payer', row.payerId) }));
  }
}
