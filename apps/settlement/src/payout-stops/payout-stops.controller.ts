import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { SERVICES } from '#libs/contracts';
import { Api, idIn, idOut, idText, Meta, pageAnswer, pageOf, pageQuery, parse, Problem, readCursor, textIn, type HttpMeta } from '#libs/http';
import { idOf, isRejected } from '#libs/kernel';
import { NOTE_LENGTH_MAX } from '../limits.js';
import { LiftPayoutStop, ListPayoutStops, type ListedStop } from './payout-stop.commands.js';

const param = z.strictObject({ stopId: idIn('payoutStop') });
const liftBody = z.strictObject({ note: textIn(NOTE_LENGTH_MAX).describe('what was broken, and why money may leave again') });
const lifted = z.strictObject({ stopId: idText('payoutStop') });
const query = pageQuery.extend({ state: z.enum(['standing', 'all']).default('standing'), stopId: idIn('payoutStop').optional() });
const cursorPosition = z.tuple([z.uuid().transform((uuid) => idOf('payoutStop', uuid))]);
const listed = z.strictObject({
  stopId: idText('payoutStop'), service: z.enum(SERVICES), invariant: z.string(), sentence: z.string(), rowNamed: z.string(), detail: z.string(),
  foundAt: z.string(), stoppedAt: z.string(), note: z.string().nullable(), liftedBy: z.string().nullable(), liftedAt: z.string().nullable(),
});

@Controller('settlement/payout-stops')
export class PayoutStopsController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Get()
  @Api({
    summary: 'Why no money leaves: rows that break an invariant, newest first', who: ['operator', 'approver', 'auditor'], query, answer: pageAnswer(listed),
  })
  async list(@Query() asked: unknown) {
    const { limit, cursor, state, stopId = null } = parse(query, asked);
    const [before] = cursor ? readCursor(cursorPosition, cursor) : [null];
    const rows = await this.queries.execute(new ListPayoutStops({ before, rowsMax: limit + 1, standing: state === 'standing', stopId }));
    return pageOf(rows, limit, ({ stopId }) => [stopId], show);
  }

  @Post(':stopId/lifting')
  @HttpCode(200)
  @Api({
    summary: 'Lift a stop: it is understood what was broken, and it holds again', who: ['approver'], freshSecondFactor: true, body: liftBody, answer: lifted,
    refusals: ['payout_stop_unknown', 'payout_stop_lifted', 'invariant_still_broken'],
  })
  async lift(@Param() of: unknown, @Body() asked: unknown, @Meta() meta: HttpMeta) {
    const { stopId } = parse(param, of);
    const outcome = await this.commands.execute(new LiftPayoutStop(stopId, parse(liftBody, asked).note, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { stopId: idOut('payoutStop', outcome.stopId) };
  }
}

const show = ({ stopId, foundAt, stoppedAt, liftedAt, ...stop }: ListedStop): z.output<typeof listed> => ({
  ...stop, stopId: idOut('payoutStop', stopId), foundAt: foundAt.toISOString(), stoppedAt: stoppedAt.toISOString(), liftedAt: liftedAt?.toISOString() ?? null,
});
