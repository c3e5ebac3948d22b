import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { isRejected, type Rejected } from '#libs/kernel';
import { ApproveDestination, ListDestinations, ProposeDestination, type DestinationVersion } from './payee-destination.commands.js';
import type { ShownDestination } from './payee-destination.store.js';

const body = z.strictObject({
  stripeAccountId: z.string().trim().regex(/^acct_[A-Za-z0-9]{1,250}$/, 'expected the id of a Stripe account, acct_…'),
});
const payeeParam = z.strictObject({ payeeId: idIn('payee') });
const destinationParam = z.strictObject({ destinationId: idIn('destination') });
const nothing = z.strictObject({});
const versioned = z.strictObject({ destinationId: idText('destination'), version: z.int() });
const shown = z.strictObject({
  destinationId: idText('destination'), version: z.int(), stripeAccountId: z.string(), country: z.string(),
  legalName: z.string(), businessName: z.string().nullable().describe('as Stripe tells it: to be compared with the legal name'),
  state: z.enum(['proposed', 'approved', 'blocked', 'replaced']), maker: z.string(), proposedAt: z.iso.datetime(),
  checker: z.string().nullable(), approvedAt: z.iso.datetime().nullable(), replacedAt: z.iso.datetime().nullable(),
  blockedAt: z.iso.datetime().nullable(), blockedReason: z.string().nullable(),
});
const OF_THE_ACCOUNT = ['card_payments_off', 'destination_not_found', 'destination_abroad', 'destination_not_ready', 'destination_taken'];

@Controller('settlement')
export class PayeeDestinationsController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post('payees/:payeeId/destinations')
  @HttpCode(201)
  @Api({
    summary: 'Enter the Stripe account of a payee; runs by Stripe pay to it once another person has approved it', who: ['operator'], body,
    answer: versioned, status: 201, refusals: ['payee_unknown', 'payee_incomplete', ...OF_THE_ACCOUNT],
  })
  async propose(@Param() param: unknown, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof versioned>> {
    const { payeeId } = parse(payeeParam, param);
    return show(await this.commands.execute(new ProposeDestination({ payeeId, ...parse(body, asked) }, meta)));
  }

  @Post('payee-destinations/:destinationId/approvals')
  @HttpCode(201)
  @Api({
    summary: 'Approve the Stripe account of a payee that another person entered, its business name compared with the legal name',
    who: ['operator', 'approver'], freshSecondFactor: true, body: nothing, answer: versioned, status: 201,
    refusals: ['destination_unknown', 'destination_approved', 'checker_is_maker', 'destination_superseded', ...OF_THE_ACCOUNT],
  })
  async approve(@Param() param: unknown, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof versioned>> {
    parse(nothing, asked);
    return show(await this.commands.execute(new ApproveDestination(parse(destinationParam, param).destinationId, meta)));
  }

  @Get('payees/:payeeId/destinations')
  @Api({
    summary: 'The versions of a payee\'s Stripe account, newest first', who: ['operator', 'approver'], answer: z.strictObject({ items: z.array(shown) }),
  })
  async versions(@Param() param: unknown): Promise<{ items: z.output<typeof shown>[] }> {
    const versions = await this.queries.execute(new ListDestinations(parse(payeeParam, param).payeeId));
    return { items: versions.map(shownOf) };
  }
}

function shownOf(destination: ShownDestination): z.output<typeof shown> {
  const { id, approved, proposedAt, approvedAt, replacedAt, blockedAt, ...version } = destination;
  return {
    destinationId: idOut('destination', id), ...version, state: blockedAt ? 'blocked' : replacedAt ? 'replaced' : approved ? 'approved' : 'proposed',
    proposedAt: proposedAt.toISOString(), approvedAt: approvedAt?.toISOString() ?? null, replacedAt: replacedAt?.toISOString() ?? null,
    blockedAt: blockedAt?.toISOString() ?? null,
  };
}

function show(outcome: DestinationVersion | Rejected): z.output<typeof versioned> {
  if (isRejected(outcome)) throw new Problem(outcome);
  return { ...outcome, destinationId: idOut('destination', outcome.destinationId) };
}
