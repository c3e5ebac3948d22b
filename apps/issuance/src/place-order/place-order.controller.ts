import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { cents, isRejected, type PayerId } from '#libs/kernel';
import { payerOf } from '../caller.js';
import { FACE_CENTS_MAX, ORDER_COUNT_MAX } from '../limits.js';
import { ON_EXPIRY } from '../on-expiry.decision.js';
import { ACTIVATE_ON } from '../activate-on.decision.js';
import type { AgreedShare } from '../share-amounts.decision.js';
import { agreedShares, shareFields, SHARES_FIT, sharesFit } from '../share-fields.js';
import { PlaceOrder } from './place-order.command.js';

const body = z.strictObject({
  programmeId: idIn('programme'),
  count: z.int().positive().max(ORDER_COUNT_MAX),
  faceCents: z.int().positive().max(FACE_CENTS_MAX).transform(cents).optional(),
  ...shareFields,
  onExpiry: z.enum(ON_EXPIRY).optional().describe('what becomes of value that expires unused; the programme\'s when absent'),
  paper: z.boolean().default(false).describe('printed by a printer: nothing is minted before the first payer approved a proof'),
  activateOn: z.enum(ACTIVATE_ON).default('cover').describe('receipt: only vouchers whose delivery was confirmed are activated'),
}).refine(sharesFit, SHARES_FIT);
const placed = z.strictObject({
  orderId: idText('order'), reference: z.string().describe('of the order; of several payers each pays under its own'),
  count: z.int(), faceCents: z.int(), amountCents: z.int(), currency: z.literal('EUR'),
  shares: z.array(z.strictObject({
    payerId: idText('payer'), basisPoints: z.int(), capCents: z.int().nullable(), amountCents: z.int(),
    reference: z.string().describe('this payer writes it on its transfer'),
  })),
  creditor: z.strictObject({ name: z.string(), iban: z.string(), bic: z.string().nullable() })
    .describe('the account to pay to'),
});

@Controller('issuance/orders')
export class PlaceOrderController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Order vouchers: a payer for itself, the operator for any payers', who: ['payer', 'operator'],
    body, answer: placed, status: 201,
    refusals: [
      'payer_not_found', 'programme_not_found', 'programme_not_open', 'programme_ended', 'face_not_allowed', 'order_count_not_allowed',
      'order_too_large', 'programme_limit_reached', 'shares_short',
    ],
  })
  async place(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof placed>> {
    const { faceCents, shares: given, onExpiry = null, ...rest } = parse(body, asked);
    const shares = sharesFor(payerOf(meta.caller), given && agreedShares(given));
    const request = { ...rest, face: faceCents ?? null, shares, onExpiry };
    const outcome = await this.commands.execute(new PlaceOrder(request, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return {
      ...outcome, orderId: idOut('order', outcome.orderId),
      shares: outcome.shares.map((one) => ({ ...one, payerId: idOut('payer', one.payerId) })),
    };
  }
}

/** A payer commits nobody but itself. */
function sharesFor(payerId: PayerId | null, given: readonly AgreedShare[] | undefined): readonly AgreedShare[] {
  if (payerId === null) {
    if (!given) throw new Problem('request_malformed', [{ path: 'shares', message: 'expected who pays' }]);
    return given;
  }
  if (given) throw new Problem('request_malformed', [{ path: 'shares', message: 'a payer orders for itself: leave it out' }]);
  return [{ payerId, basisPoints: 10_000, cap: null }];
}
