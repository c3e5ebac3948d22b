import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, parse, Problem, textIn, type HttpMeta } from '#libs/http';
import { assert, isRejected, type Rejected } from '#libs/kernel';
import { payerOf } from '../caller.js';
import { PROOF_REFERENCE_LENGTH_MAX, REASON_LENGTH_MAX } from '../limits.js';
import { AnswerProof, SubmitProof, type NotedProof } from './approve-proof.command.js';
import { PROOF_STATES } from './approve-proof.decision.js';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in 64 small hexadecimal digits').describe('of the bytes of the proof');
const proof = z.strictObject({ reference: textIn(PROOF_REFERENCE_LENGTH_MAX).describe('where the file is: an address, or the printer\'s number'), sha256 });
const answer = z.strictObject({
  sha256, answer: z.enum(['approved', 'sent_back']), reason: textIn(REASON_LENGTH_MAX).optional().describe('what has to change'),
}).refine(({ answer: given, reason }) => (given === 'sent_back') === (reason !== undefined), {
  path: ['reason'], message: 'expected a reason, where it is sent back only',
});
const noted = z.strictObject({ orderId: idText('order'), sha256: z.string(), state: z.enum(PROOF_STATES) });

@Controller('issuance/orders')
export class ApproveProofController {
  constructor(private readonly commands: CommandBus) {}

  @Post(':id/proofs')
  @HttpCode(201)
  @Api({
    summary: 'Submit the proof of a printed order; the file itself stays where it is', who: ['operator'], body: proof, answer: noted, status: 201,
    refusals: ['order_not_found', 'order_cancelled', 'proof_not_needed', 'proof_approved'],
  })
  async submit(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof noted>> {
    return show(await this.commands.execute(new SubmitProof(parse(idIn('order'), id), parse(proof, asked), meta)));
  }

  @Post(':id/proof-answers')
  @HttpCode(201)
  @Api({
    summary: 'Approve the proof of an order, or send it back: the first of its payers', who: ['payer'], body: answer, answer: noted, status: 201,
    refusals: [
      'order_not_found', 'order_cancelled', 'proof_not_needed', 'proof_approved', 'payer_not_leading', 'proof_not_submitted', 'proof_hash_differs',
    ],
  })
  async answer(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof noted>> {
    const [orderId, payerId] = [parse(idIn('order'), id), payerOf(meta.caller)];
    assert(payerId, 'only payers come here');
    const { reason = null, ...given } = parse(answer, asked);
    return show(await this.commands.execute(new AnswerProof({ orderId, payerId, reason, ...given }, meta)));
  }
}

function show(outcome: NotedProof | Rejected): z.output<typeof noted> {
  if (isRejected(outcome)) throw new Problem(outcome);
  return { ...outcome, orderId: idOut('order', outcome.orderId) };
}
