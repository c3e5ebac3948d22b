import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { SERVICE_CODES } from '#libs/contracts';
import { Api, idOut, idText, parse, Problem } from '#libs/http';
import { isRejected, toWire } from '#libs/kernel';
import { CitizenGuard } from '../citizen-guard/citizen-guard.js';
import { CodeHasher } from '../redeem-voucher/code-hasher.js';
import { codeOf, voucherFields } from '../redeem-voucher/redeem-voucher.request.js';
import { VOUCHER_STATES } from './look-up-voucher.decision.js';
import { LookUpVoucher } from './look-up-voucher.query.js';

const body = z.strictObject({ code: voucherFields.code });
const answer = z.strictObject({
  state: z.enum(VOUCHER_STATES).describe('held: all of it, for a service that is about to be rendered; frozen: its payment is disputed'),
  kind: z.enum(['unit', 'balance']), faceCents: z.int(), availableCents: z.int().describe('what can be used now'), currency: z.literal('EUR'),
  usableUntil: z.string().describe('last day of service, YYYY-MM-DD'),
  programmeId: idText('programme'), programmeName: z.string().nullable(),
  services: z.array(z.enum(SERVICE_CODES)).describe('what it is for; empty: everything'),
  usedOn: z.string().nullable().describe('day of its last use, never where'), stoppedOn: z.string().nullable(),
});
const ONE_QUESTION = 1;

/**
 * For whoever holds a voucher, without an account. The code comes in the body, and goes into no answer, address or log. It tells a
 * stranger with a code less than a till would: of an unknown one and of one that is not active yet, the same.
 */
@Controller('redemption/voucher-look-ups')
export class LookUpVoucherController {
  constructor(private readonly queries: QueryBus, private readonly hasher: CodeHasher, private readonly guard: CitizenGuard) {}

  @Post()
  @HttpCode(200)
  @Api({
    summary: 'What is left on a voucher, what it is for and until when, or why it cannot be used; limited by where the caller sits',
    who: 'anyone', body, answer, refusals: ['too_many_questions', 'voucher_not_found'],
  })
  async lookUp(@Body() asked: unknown, @Req() request: FastifyRequest): Promise<z.output<typeof answer>> {
    const code = codeOf(parse(body, asked).code, 'code');
    const outcome = await this.guard.around(request, ONE_QUESTION, () => this.queries.execute(new LookUpVoucher(this.hasher.macsOf(code))));
    if (isRejected(outcome)) throw new Problem(outcome);
    const { state, available, voucher: { programmeId, programmeName, unit, face, usableUntil, services, usedOn, stoppedOn } } = outcome;
    return {
      state, kind: unit ? 'unit' : 'balance', faceCents: toWire(face), availableCents: toWire(available), currency: 'EUR', usableUntil,
      programmeId: idOut('programme', programmeId), programmeName, services: [...services], usedOn, stoppedOn,
    };
  }
}
