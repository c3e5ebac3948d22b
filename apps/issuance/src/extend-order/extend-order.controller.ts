import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, dayIn, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { assert, idOf, isRejected } from '#libs/kernel';
import { payerOf } from '../caller.js';
import { AgreeToExtension, ProposeExtension } from './extend-order.command.js';

const body = z.strictObject({ orderId: idIn('order'), usableUntil: dayIn, claimableUntil: dayIn });
const proposed = z.strictObject({
  extensionId: idText('extension'), orderId: idText('order'), usableUntil: z.iso.date(), claimableUntil: z.iso.date(),
});
const agreed = z.strictObject({
  extensionId: idText('extension'), agreements: z.int(), agreementsNeeded: z.int(),
  inForce: z.boolean().describe('true with the last agreement: the vouchers have their later dates'),
});

@Controller('issuance/extensions')
export class ExtendOrderController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Propose later dates for the vouchers of an order, before their last day of use is over, for its payers to agree to',
    who: ['operator'], body, answer: proposed, status: 201,
    refusals: ['order_not_found', 'extension_by_statement', 'extension_not_later'],
  })
  async propose(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof proposed>> {
    const { orderId, ...dates } = parse(body, asked);
    const outcome = await this.commands.execute(new ProposeExtension(orderId, dates, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, extensionId: idOut('extension', idOf('extension', outcome.extensionId)), orderId: idOut('order', outcome.orderId) };
  }

  @Post(':id/agreements')
  @HttpCode(201)
  @Api({
    summary: 'Agree to later dates for the vouchers of an order that one pays for', who: ['payer'], body: z.strictObject({}), answer: agreed,
    status: 201, refusals: ['extension_not_found', 'extension_agreed', 'extension_by_statement', 'extension_not_later'],
  })
  async agree(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof agreed>> {
    parse(z.strictObject({}), asked);
    const payerId = payerOf(meta.caller);
    assert(payerId, 'the role of a payer without a payer');
    const outcome = await this.commands.execute(new AgreeToExtension(parse(idIn('extension'), id), payerId, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, extensionId: idOut('extension', idOf('extension', outcome.extensionId)) };
  }
}
