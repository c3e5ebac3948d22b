import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { EXPIRY_STEPS } from '#libs/contracts';
import {
  Api, Caller, dayIn, idIn, idOut, idText, Meta, pageAnswer, pageOf, pageQuery, parse, Problem, readCursor, type HttpMeta, type Page,
} from '#libs/http';
import { assert, isRejected, isUuid } from '#libs/kernel';
import { payerOf } from '../caller.js';
import { SIGNED_STEPS } from '../vintages/sign-off-vintage.decision.js';
import { ListVintages, SignOffVintage, type VintagePlace, type VintageView } from './sign-off-vintage.command.js';

const body = z.strictObject({
  programmeId: idIn('programme'), usableUntil: dayIn, step: z.enum(SIGNED_STEPS),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in small hexadecimal digits').describe('of the figures that were shown'),
});
const signedOff = z.strictObject({
  programmeId: idText('programme'), usableUntil: z.iso.date(), step: z.enum(SIGNED_STEPS), sha256: z.string(), signedAt: z.iso.datetime(),
});
const query = pageQuery.extend({ programmeId: idIn('programme').optional() });
const shown = z.strictObject({
  programmeId: idText('programme'), programmeName: z.string(), payerId: idText('payer'), usableUntil: z.iso.date(), step: z.enum(EXPIRY_STEPS),
  dueOn: z.iso.date(), state: z.enum(['to_sign', 'signed', 'told']).describe('told: nobody has to sign this step'),
  figures: z.string().describe('JSON (RFC 8785): of each batch, what was issued, handed over, not handed over and started'), sha256: z.string(),
  signedAt: z.iso.datetime().nullable(), signedBy: z.string().nullable(),
});
const placeIn = z.tuple([z.iso.date(), z.string().refine(isUuid), z.string().refine(isUuid), z.iso.date()]);

@Controller('issuance')
export class SignOffVintageController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Get('vintages')
  @Api({
    summary: 'Vouchers that end on a day, step by step, with the figures to sign off: a payer\'s own, or of all payers', who: ['payer', 'operator', 'auditor'],
    query, answer: pageAnswer(shown),
  })
  async list(@Query() asked: unknown, @Caller() caller: Principal): Promise<Page<z.output<typeof shown>>> {
    const { limit, cursor, programmeId = null } = parse(query, asked);
    const page = { payerId: payerOf(caller), programmeId, before: placeOf(cursor), rowsMax: limit + 1 };
    const rows = await this.queries.execute(new ListVintages(page));
    return pageOf(rows, limit, (row) => [row.usableUntil, row.programmeId, row.payerId, row.dueOn], show);
  }

  @Post('vintage-sign-offs')
  @HttpCode(201)
  @Api({
    summary: 'Sign off what was shown of one\'s own vouchers that end: on the fifteenth day before, after which distributors are told to stop, and on the seventh',
    who: ['payer'], body, answer: signedOff, status: 201,
    refusals: ['vintage_not_found', 'vintage_signed_off', 'vintage_step_before', 'vintage_hash_differs'],
  })
  async signOff(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof signedOff>> {
    const payerId = payerOf(meta.caller);
    assert(payerId, 'the role of a payer without a payer');
    const outcome = await this.commands.execute(new SignOffVintage({ ...parse(body, asked), payerId }, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, programmeId: idOut('programme', outcome.programmeId) };
  }
}

function placeOf(cursor: string | undefined): VintagePlace | null {
  if (cursor === undefined) return null;
  const [usableUntil, programmeId, payerId, dueOn] = readCursor(placeIn, cursor);
  return { usableUntil, programmeId, payerId, dueOn };
}

function show({ content, ...view }: VintageView): z.output<typeof shown> {
  const isSigned = view.signedAt !== null;
  const mustSign = (SIGNED_STEPS as readonly string[]).includes(view.step);
  return {
    ...view, programmeId: idOut('programme', view.programmeId), payerId: idOut('payer', view.payerId),
    step: z.enum(EXPIRY_STEPS).parse(view.step), figures: content, signedAt: view.signedAt?.toISOString() ?? null,
    state: isSigned ? 'signed' : mustSign ? 'to_sign' : 'told',
  };
}
