import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { payerOf } from '../caller.js';
import { SignStatement } from './sign-statement.command.js';

const body = z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in small hexadecimal digits') });
const answer = z.strictObject({
  statementId: idText('contradictoryStatement'), signatures: z.int(), signaturesNeeded: z.int(),
  signed: z.boolean().describe('true with the last signature: the expired value has moved as agreed'),
});

@Controller('issuance/contradictory-statements')
export class SignStatementController {
  constructor(private readonly commands: CommandBus) {}

  @Post(':id/signatures')
  @HttpCode(201)
  @Api({
    summary: 'Sign a contradictory statement: a payer for itself, a person of the operator for the operator', who: ['payer', 'operator', 'approver'],
    body, answer, status: 201,
    refusals: [
      'statement_not_found', 'statement_replaced', 'statement_signed', 'statement_hash_differs', 'signer_drew_it_up',
      'statement_signed_by_you', 'statement_outdated', 'dispute_open',
    ],
  })
  async sign(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof answer>> {
    const statementId = parse(idIn('contradictoryStatement'), id);
    const request = { statementId, payerId: payerOf(meta.caller), ...parse(body, asked) };
    const outcome = await this.commands.execute(new SignStatement(request, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, statementId: idOut('contradictoryStatement', outcome.statementId) };
  }
}
