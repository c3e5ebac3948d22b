import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, dayIn, idIn, idOut, idText, Meta, pageAnswer, pageOf, pageQuery, parse, Problem, type HttpMeta, type Page } from '#libs/http';
import { isRejected, reject, toWire } from '#libs/kernel';
import { payerOf } from '../caller.js';
import { placeOf } from '../id-cursor.js';
import { STATEMENT_OUTCOMES } from '../on-expiry.decision.js';
import { statementPdf } from './statement-pdf.js';
import { DrawUpStatement, ListContradictoryStatements, type ShownStatement } from './contradictory-statements.commands.js';

const WHO = ['payer', 'operator', 'approver', 'auditor'] as const;
const body = z.strictObject({
  orderId: idIn('order'),
  extension: z.strictObject({ usableUntil: dayIn, claimableUntil: dayIn }).nullable().default(null)
    .describe('later dates to be signed, instead of what the agreement says of expired value'),
});
const money = {
  activatedCents: z.int(), redeemedCents: z.int(), rejectedCents: z.int().describe('of what was redeemed; cover again'), expiredCents: z.int(),
};
const head = {
  statementId: idText('contradictoryStatement'), orderId: idText('order'), version: z.int(), outcome: z.enum(STATEMENT_OUTCOMES),
  extension: z.strictObject({ usableUntil: z.iso.date(), claimableUntil: z.iso.date() }).nullable(),
  sha256: z.string().describe('what is signed'), ...money,
};
const drawn = z.strictObject({ ...head, shares: z.array(z.strictObject({ payerId: idText('payer'), ...money })) });
const shown = z.strictObject({
  ...head, currency: z.literal('EUR'), state: z.enum(['to_sign', 'signed', 'replaced']), drawnUpAt: z.iso.datetime(), drawnUpBy: z.string(),
  operatorSignedAt: z.iso.datetime().nullable(),
  shares: z.array(z.strictObject({ payerId: idText('payer'), name: z.string(), ...money, signedAt: z.iso.datetime().nullable() })),
});
const format = z.strictObject({ format: z.enum(['csv', 'pdf']).default('csv') });
const query = pageQuery.extend({ orderId: idIn('order').optional() });

@Controller('issuance/contradictory-statements')
export class ContradictoryStatementsController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Draw up what became of an order, once all its vouchers have ended, for its payers and another person of the operator to sign',
    who: ['operator'], body, answer: drawn, status: 201, refusals: ['order_not_found', 'statement_signed', 'claims_open', 'expiry_incomplete', 'claims_held', 'extension_not_later'],
  })
  async drawUp(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof drawn>> {
    const { orderId, extension } = parse(body, asked);
    const outcome = await this.commands.execute(new DrawUpStatement(orderId, extension, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return {
      ...outcome, statementId: idOut('contradictoryStatement', outcome.statementId), orderId: idOut('order', outcome.orderId),
      shares: outcome.shares.map(({ payerId, ...share }) => ({ payerId: idOut('payer', payerId), ...share })),
    };
  }

  @Get()
  @Api({ summary: 'Contradictory statements, newest first: of a payer\'s own orders, or all', who: WHO, query, answer: pageAnswer(shown) })
  async list(@Query() asked: unknown, @Caller() caller: Principal): Promise<Page<z.output<typeof shown>>> {
    const { limit, cursor, orderId = null } = parse(query, asked);
    const rows = await this.queries.execute(new ListContradictoryStatements({
      payerId: payerOf(caller), before: placeOf('contradictoryStatement', cursor), rowsMax: limit + 1, orderId, statementId: null,
    }));
    return pageOf(rows, limit, ({ statementId }) => [statementId], show);
  }

  @Get(':id')
  @Api({ summary: 'One contradictory statement with who has signed it', who: WHO, answer: shown, refusals: ['statement_not_found'] })
  async one(@Param('id') id: string, @Caller() caller: Principal): Promise<z.output<typeof shown>> {
    return show(await this.find(id, caller));
  }

  /** The very bytes that sha256 is taken of: whoever signs can check what they sign. */
  @Get(':id/document')
  @Header('x-content-type-options', 'nosniff')
  @Api({
    summary: 'The document of a contradictory statement, in French: the CSV that is signed, or a PDF of it with its signatures', who: WHO,
    query: format, refusals: ['statement_not_found'],
  })
  async document(@Param('id') id: string, @Query() asked: unknown, @Caller() caller: Principal): Promise<StreamableFile> {
    const statement = await this.find(id, caller);
    const { format: kind } = parse(format, asked);
    const bytes = kind === 'pdf' ? await statementPdf(statement) : Buffer.from(statement.content, 'utf8');
    return new StreamableFile(bytes, {
      type: kind === 'pdf' ? 'application/pdf' : 'text/csv; charset=utf-8', disposition: `attachment; filename="${id}.${kind}"`, length: bytes.length,
    });
  }

  private async find(id: string, caller: Principal): Promise<ShownStatement> {
    const [statement] = await this.queries.execute(new ListContradictoryStatements({
      payerId: payerOf(caller), before: null, rowsMax: 1, orderId: null, statementId: parse(idIn('contradictoryStatement'), id),
    }));
    if (!statement) throw new Problem(reject('statement_not_found'));
    return statement;
  }
}

function show(statement: ShownStatement): z.output<typeof shown> {
  const { statementId, orderId, version, outcome, extension, sha256, state, drawnUpBy } = statement;
  return {
    statementId: idOut('contradictoryStatement', statementId), orderId: idOut('order', orderId), version, outcome, extension, sha256, state, currency: 'EUR',
    activatedCents: toWire(statement.activated), redeemedCents: toWire(statement.redeemed),
    rejectedCents: toWire(statement.rejected), expiredCents: toWire(statement.expired),
    drawnUpAt: statement.drawnUpAt.toISOString(), drawnUpBy, operatorSignedAt: statement.operatorSignedAt?.toISOString() ?? null,
    shares: statement.shares.map(({ payerId, name, activated, redeemed, rejected, expired, signedAt }) => ({
      payerId: idOut('payer', payerId), name, activatedCents: activated, redeemedCents: redeemed, rejectedCents: rejected, expiredCents: expired, signedAt,
    })),
  };
}
