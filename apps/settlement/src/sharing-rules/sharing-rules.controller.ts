import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal, Role } from '#libs/auth';
import { Api, Caller, countIn, dayIn, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { idOf, isRejected, type Rejected } from '#libs/kernel';
import { ConfirmSharingRule, ListSharingRules, ProposeSharingRule, WithdrawSharingRule } from './sharing-rule.commands.js';
import type { KeptRule } from './sharing-rule.decision.js';

/** As the database has it. */
const [DECIDERS_MIN, DECIDERS_MAX, WHOLE] = [2, 50, 10_000];

const shares = {
  operatorCapBasisPoints: z.int().min(0).max(WHOLE).describe('no fee rule takes a larger fee, VAT aside, while this rule is in force'),
  localBasisPoints: z.int().min(0).max(WHOLE).describe('of the commons share: what the pool of the programme gets; the national pool has the rest'),
};
const from = dayIn.describe('the first rule from tomorrow on, a later one thirty days after it is confirmed');
const deciders = z.array(idIn('user')).min(DECIDERS_MIN).max(DECIDERS_MAX)
  .refine((people) => new Set(people).size === people.length, 'a person is named once')
  .describe('users who vote on allocations of the pool');
const ofNational = z.strictObject({ programmeId: z.null().describe('of the national pool, which divides nothing'), from, deciders })
  .transform((asked) => ({ ...asked, operatorCapBasisPoints: null, localBasisPoints: null }));
const body = z.union([z.strictObject({ programmeId: idIn('programme'), from, ...shares, deciders }), ofNational]);
const pool = idIn('programme').nullable().default(null).describe('left out: of the national pool');
const one = z.strictObject({ programmeId: pool, version: countIn });
const numbered = z.strictObject({ version: z.int() });
const query = z.strictObject({ programmeId: pool });
const rule = z.strictObject({
  version: z.int(), from: z.string(), operatorCapBasisPoints: z.int().nullable(), localBasisPoints: z.int().nullable(), deciders: z.array(idText('user')),
  state: z.enum(['proposed', 'confirmed', 'withdrawn']).describe('only a confirmed one has effect, from its day on'), proposedBy: idText('user').nullable(), confirmedBy: idText('user').nullable(),
});
const answer = z.strictObject({ items: z.array(rule) });

@Controller('settlement/sharing-rules')
export class SharingRulesController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Propose how what places of a programme give to the commons is shared, and who decides about its pool, or about the national one, from a day on; another person confirms it',
    who: ['operator'], freshSecondFactor: true, body, answer: numbered, status: 201, refusals: ['sharing_rule_waits', 'sharing_rule_too_early', 'operator_share_over_cap'],
  })
  async propose(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof numbered>> {
    return shown(await this.commands.execute(new ProposeSharingRule(parse(body, asked), meta)));
  }

  @Post('confirmations')
  @HttpCode(201)
  @Api({
    summary: 'Confirm a rule that somebody else proposed: it is told from here on, and has effect from its day', who: ['approver'], freshSecondFactor: true,
    body: one, answer: numbered, status: 201,
    refusals: ['sharing_rule_unknown', 'sharing_rule_decided', 'sharing_rule_of_proposer', 'sharing_rule_too_early', 'operator_share_over_cap'],
  })
  async confirm(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof numbered>> {
    return shown(await this.commands.execute(new ConfirmSharingRule(parse(one, asked), meta)));
  }

  @Post('withdrawals')
  @HttpCode(201)
  @Api({
    summary: 'Take a rule back before its day: one that waits, or, by another person than its proposer, one that was confirmed', who: ['operator', 'approver'],
    freshSecondFactor: true, body: one, answer: numbered, status: 201,
    refusals: ['sharing_rule_unknown', 'sharing_rule_decided', 'sharing_rule_begun', 'sharing_rule_of_proposer', 'operator_share_over_cap'],
  })
  async withdraw(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof numbered>> {
    return shown(await this.commands.execute(new WithdrawSharingRule(parse(one, asked), meta)));
  }

  @Get()
  @Api({ summary: 'The sharing rules of a programme, or the rules of the national pool, newest first', who: ['operator', 'approver', 'auditor', 'payer', 'manager'], query, answer })
  async list(@Query() asked: unknown, @Caller() { roles }: Principal): Promise<z.output<typeof answer>> {
    const rules = await this.queries.execute(new ListSharingRules(parse(query, asked).programmeId));
    if (!roles.some((role) => KNOW_WHAT_WAITS.includes(role))) return { items: rules.filter(({ state }) => state === 'confirmed').map(toldRule) };
    return { items: rules.map((kept) => ({
      ...toldRule(kept), proposedBy: person(kept.proposedBy), confirmedBy: kept.confirmedBy && person(kept.confirmedBy),
    })) };
  }
}

/** A rule that nobody confirmed, or that was taken back, is not for payers and places, nor who of the operator stands behind one. */
const KNOW_WHAT_WAITS: readonly Role[] = ['operator', 'approver', 'auditor'];

const toldRule = (kept: KeptRule): z.output<typeof rule> =>
  ({ ...kept, deciders: kept.deciders.map(person), proposedBy: null, confirmedBy: null });

const person = (userId: string): string => idOut('user', idOf('user', userId));

function shown(outcome: Readonly<{ version: number }> | Rejected): z.output<typeof numbered> {
  if (isRejected(outcome)) throw new Problem(outcome);
  return outcome;
}
