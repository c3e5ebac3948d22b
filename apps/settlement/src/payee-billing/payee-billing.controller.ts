import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, Meta, parse, Problem, textIn, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { readerOf } from '../reader.js';
import { GivePayeeBilling, type Versioned } from './payee-billing.commands.js';

const body = z.strictObject({
  address: textIn(300).describe('as it stands on invoices, in one line'),
  vatNumber: z.string().regex(/^[A-Z]{2}[A-Z0-9]{2,13}$/, 'expected a VAT number like FR44732829320').nullable().default(null),
});
const answer = z.strictObject({ version: z.int() });
const param = z.strictObject({ payeeId: idIn('payee') });

@Controller('settlement/payees')
export class PayeeBillingController {
  constructor(private readonly commands: CommandBus) {}

  @Post(':payeeId/billing')
  @HttpCode(201)
  @Api({
    summary: 'Say how later invoices address a payee: a place for its own, or the operator', who: ['manager', 'operator'], body, answer, status: 201,
    refusals: ['payee_unknown'],
  })
  async give(@Param() asked: unknown, @Body() given: unknown, @Meta() meta: HttpMeta): Promise<Versioned> {
    const request = { payeeId: parse(param, asked).payeeId, by: readerOf(meta.caller), billing: parse(body, given) };
    const outcome = await this.commands.execute(new GivePayeeBilling(request, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return outcome;
  }
}
