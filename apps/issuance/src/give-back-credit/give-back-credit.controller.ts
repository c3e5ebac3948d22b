import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { RELEASE_REASONS } from '#libs/contracts';
import { Api, idIn, idOut, idText, Meta, pageAnswer, pageOf, pageQuery, parse, Problem, type HttpMeta, type Page } from '#libs/http';
import { isRejected, toWire } from '#libs/kernel';
import { placeOf } from '../id-cursor.js';
import { GiveBackCredit, ListReleases, RELEASE_STATES, type ReleaseView } from './give-back-credit.command.js';

const body = z.strictObject({ reason: z.enum(RELEASE_REASONS) });
const given = z.strictObject({
  releaseId: idText('refund').describe('its payment is found under this id among the refunds of settlement'),
  bankLineId: idText('bankLine'), amountCents: z.int(), currency: z.literal('EUR'),
});
const shown = z.strictObject({
  releaseId: idText('refund'), bankLineId: idText('bankLine'), amountCents: z.int(), currency: z.literal('EUR'), reason: z.enum(RELEASE_REASONS),
  releasedAt: z.iso.datetime(), state: z.enum(RELEASE_STATES), paidOn: z.string().nullable(), reasonCode: z.string().nullable(),
});

@Controller('issuance/credits')
export class GiveBackCreditController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post(':id/give-backs')
  @HttpCode(201)
  @Api({
    summary: 'Give back what is left of a credit, to the account that it came from', who: ['operator'],
    freshSecondFactor: true, body, answer: given, status: 201, refusals: ['receipt_not_found', 'receipt_used_up'],
  })
  async giveBack(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof given>> {
    const [bankLineId, { reason }] = [parse(idIn('bankLine'), id), parse(body, asked)];
    const outcome = await this.commands.execute(new GiveBackCredit({ bankLineId, reason }, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, releaseId: idOut('refund', outcome.releaseId), bankLineId: idOut('bankLine', outcome.bankLineId) };
  }

  @Get('given-back')
  @Api({ summary: 'Credits given back and what became of them, newest first', who: ['operator', 'auditor'], query: pageQuery, answer: pageAnswer(shown) })
  async list(@Query() query: unknown): Promise<Page<z.output<typeof shown>>> {
    const { limit, cursor } = parse(pageQuery, query);
    const rows = await this.queries.execute(new ListReleases({ before: placeOf('refund', cursor), rowsMax: limit + 1 }));
    return pageOf(rows, limit, ({ releaseId }) => [releaseId], show);
  }
}

const show = ({ releaseId, bankLineId, amount, releasedAt, ...release }: ReleaseView): z.output<typeof shown> => ({
  ...release, releaseId: idOut('refund', releaseId), bankLineId: idOut('bankLine', bankLineId), amountCents: toWire(amount), currency: 'EUR',
  releasedAt: releasedAt.toISOString(),
});
