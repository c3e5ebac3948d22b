import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { UNDO_REASONS } from '#libs/contracts';
import { Api, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { DEVICE_HEADERS } from '../device-signature/read-proof.js';
import { placeOf } from '../redeem-voucher/redeem-voucher.request.js';
import { TILL_DOOR_REFUSALS } from '../refusals.js';
import { TillGuard } from '../till-limits/till-guard.js';
import { UndoRedemption, type UndoneVoucher } from './undo-redemption.command.js';
import type { UndoneBy } from './undo-redemption.decision.js';

const body = z.strictObject({ reason: z.enum(UNDO_REASONS) });
const voucher = z.strictObject({
  redemptionId: idText('redemption'), amountCents: z.int(), balanceCents: z.int().describe('what is left on the voucher'),
});
const undone = voucher.extend({
  currency: z.literal('EUR'), undoneAt: z.string().describe('instant, UTC'),
  with: z.array(voucher).describe('the other vouchers of the same participation: they come back with it'),
});

@Controller('redemption/redemptions')
export class UndoRedemptionController {
  constructor(private readonly commands: CommandBus, private readonly guard: TillGuard) {}

  @Post(':id/undo')
  @HttpCode(200)
  @Api({
    summary: 'Take a redemption back, with all that paid for the same participation: a till its place\'s within 15 minutes, its manager those and the operator any until the period closes',
    who: ['till', 'manager', 'operator'], body, answer: undone,
    headers: DEVICE_HEADERS, refusals: [...TILL_DOOR_REFUSALS, 'redemption_not_found', 'redemption_undone', 'undo_too_late', 'voucher_replaced'],
  })
  async undo(
    @Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta, @Req() request: FastifyRequest,
  ): Promise<z.output<typeof undone>> {
    const [redemptionId, { reason }] = [parse(idIn('redemption'), id), parse(body, asked)];
    const undo = (by: UndoneBy) => this.commands.execute(new UndoRedemption(redemptionId, { by, reason }, meta));
    const above = aboveTill(meta.caller);
    const outcome = await (above ? undo(above) : this.guard.around(meta.caller, request, (till) => undo({ kind: 'till', ...till })));
    if (isRejected(outcome)) throw new Problem(outcome);
    const out = ({ redemptionId, ...rest }: UndoneVoucher) => ({ redemptionId: idOut('redemption', redemptionId), ...rest });
    const { with: others, undoneAt, ...first } = outcome;
    return { ...out(first), with: others.map(out), currency: 'EUR', undoneAt };
  }
}

/** A member of the operator acts as the operator, and a manager as that, whatever else it may do; a place comes from the token only. */
function aboveTill(caller: Principal): UndoneBy | undefined {
  if (caller.organisationKind === 'operator') return { kind: 'operator' };
  return caller.roles.includes('manager') ? { kind: 'manager', placeId: placeOf(caller) } : undefined;
}
