import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { cents, isRejected, type Rejected } from '#libs/kernel';
import { payerOf } from '../caller.js';
import { FACE_CENTS_MAX, ORDER_COUNT_MAX } from '../limits.js';
import { ON_EXPIRY } from '../on-expiry.decision.js';
import type { DraftContent } from '../order-draft.store.js';
import { ACTIVATE_ON } from '../activate-on.decision.js';
import { agreedShares, shareFields, SHARES_FIT, sharesFit } from '../share-fields.js';
import { DraftOrder, ReviseDraft, type DraftedOrder } from './draft-order.command.js';

const body = z.strictObject({
  programmeId: idIn('programme'),
  count: z.int().positive().max(ORDER_COUNT_MAX),
  faceCents: z.int().positive().max(FACE_CENTS_MAX).transform(cents).optional(),
  ...shareFields,
  onExpiry: z.enum(ON_EXPIRY).optional().describe('what becomes of value that expires unused; the programme\'s when absent'),
  paper: z.boolean().default(false).describe('printed by a printer: nothing is minted before the first payer approved a proof'),
  activateOn: z.enum(ACTIVATE_ON).optional()
    .describe('receipt: only vouchers whose delivery was confirmed are activated; so on paper unless told'),
}).refine(sharesFit, SHARES_FIT);
const drafted = z.strictObject({ orderId: idText('order'), revision: z.int() });
const REFUSALS = [
  'payer_not_found', 'programme_not_found', 'programme_not_open', 'programme_ended', 'face_not_allowed', 'order_count_not_allowed',
  'order_too_large', 'programme_limit_reached', 'shares_short',
];

@Controller('issuance/order-drafts')
export class DraftOrderController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Draft an order: a payer one that it is a payer of, the operator any. Nobody is committed by it',
    who: ['payer', 'operator'], body, answer: drafted, status: 201, refusals: REFUSALS,
  })
  async draft(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof drafted>> {
    return show(await this.commands.execute(new DraftOrder(contentOf(parse(body, asked), meta.caller), meta)));
  }

  @Post(':id/revisions')
  @HttpCode(201)
  @Api({
    summary: 'Write a draft anew, while no quote of it is open', who: ['payer', 'operator'], body, answer: drafted, status: 201,
    refusals: ['order_not_found', 'order_accepted', 'order_cancelled', 'quote_open', ...REFUSALS],
  })
  async revise(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof drafted>> {
    const [orderId, content] = [parse(idIn('order'), id), contentOf(parse(body, asked), meta.caller)];
    return show(await this.commands.execute(new ReviseDraft(orderId, payerOf(meta.caller), content, meta)));
  }
}

function contentOf({ faceCents, shares: given, onExpiry, activateOn, ...rest }: z.output<typeof body>, caller: Principal): DraftContent {
  const payerId = payerOf(caller);
  const shares = given ? agreedShares(given) : payerId && [{ payerId, basisPoints: 10_000, cap: null }];
  if (!shares) throw new Problem('request_malformed', [{ path: 'shares', message: 'expected who pays' }]);
  if (payerId && !shares.some((share) => share.payerId === payerId)) {
    throw new Problem('request_malformed', [{ path: 'shares', message: 'expected your own share among them' }]);
  }
  return { ...rest, face: faceCents ?? null, shares, onExpiry: onExpiry ?? null, activateOn: activateOn ?? (rest.paper ? 'receipt' : 'cover') };
}

function show(outcome: DraftedOrder | Rejected): z.output<typeof drafted> {
  if (isRejected(outcome)) throw new Problem(outcome);
  return { ...outcome, orderId: idOut('order', outcome.orderId) };
}
