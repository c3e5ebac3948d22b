import { Controller, Get, Query, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Api, countIn, idIn, idOut, idText, pageAnswer, pageOf, pageQuery, parse, readCursor } from '#libs/http';
import { cents, idOf, toWire } from '#libs/kernel';
import { PublicQuestions } from '../public-questions/public-questions.js';
import type { KeptRule } from '../sharing-rules/sharing-rule.decision.js';
import { ListCommonsPools, ListPoolMovements, type CommonsPool, type PoolMovement } from './commons-pools.queries.js';
import { kindOfMovement, MOVEMENT_KINDS } from './pool-movement.decision.js';

const rule = z.strictObject({
  version: z.int(), from: z.string(), operatorCapBasisPoints: z.int().nullable(), localBasisPoints: z.int().nullable().describe('null, as the cap, of the national pool: its rule divides nothing'), deciders: z.int().describe('how many people it names'),
});
const gift = z.strictObject({
  reference: z.string().describe('written on the transfer, it makes the sum a gift to this pool'),
  accounts: z.array(z.strictObject({ holder: z.string(), iban: z.string(), bic: z.string() })).describe('to any one of them'),
});
const pool = z.strictObject({
  programmeId: idText('programme').nullable().describe('null: the national pool'), programmeName: z.string().nullable(),
  inCents: z.int(), outCents: z.int(), balanceCents: z.int().describe('in minus out'),
  setAsideCents: z.int().describe('of what went out: for early payments, and comes back'), movements: z.int(), currency: z.literal('EUR'),
  gift: gift.nullable().describe('how anybody gives to it; who gave is never told. Null: a pool whose rules were all taken back takes no gifts'),
  rule: rule.nullable().describe('its rule in force'), announced: rule.nullable().describe('the last one that is to come'),
});
const pools = z.strictObject({ items: z.array(pool) });
const query = pageQuery.extend({ programmeId: idIn('programme').nullable().default(null).describe('left out: of the national pool') });
const movement = z.strictObject({
  number: z.int().describe('the first movement of the pool has 1; numbers are missing where movements are told in the sum of a later one'), eventId: idText('event').describe('in the sealed log, where its proof is'), at: z.iso.datetime(),
  kind: z.enum(MOVEMENT_KINDS), postingRule: z.string().describe('row of the table of postings'),
  amountCents: z.int().describe('below zero: out of the pool'), parts: z.int().describe('of how many statements of a closing it is the sum: of a programme with a sharing rule and fewer than three payees only that is told'), balanceCents: z.int().describe('of the pool, after it'), currency: z.literal('EUR'),
  sharingRules: z.array(z.strictObject({ programmeId: idText('programme'), version: z.int() })).describe('that divided what came in'),
  allocation: z.strictObject({ allocationId: idText('allocation'), legalName: z.string().nullable(), reason: z.string(), votes: z.int() }).nullable()
    .describe('the decision by which it went out'),
});

/** For everybody. Places are not named: what one gives to the commons would tell what it redeems. Who is given something is. */
@Controller('settlement/commons-pools')
export class CommonsPoolsController {
  constructor(private readonly queries: QueryBus, private readonly questions: PublicQuestions) {}

  @Get()
  @Api({ summary: 'The pools of the commons: what each has, in and out, to the cent, and its sharing rule', who: 'anyone', answer: pools })
  async list(@Req() request: FastifyRequest): Promise<z.output<typeof pools>> {
    this.questions.count(request);
    return { items: (await this.queries.execute(new ListCommonsPools())).map(poolShown) };
  }

  @Get('movements')
  @Api({
    summary: 'Every movement of a pool, newest first, with its rule or decision, and the balance after it', who: 'anyone', query, answer: pageAnswer(movement),
  })
  async movements(@Query() asked: unknown, @Req() request: FastifyRequest) {
    this.questions.count(request);
    const { limit, cursor, programmeId } = parse(query, asked);
    const [below] = cursor ? readCursor(z.tuple([countIn]), cursor) : [null];
    const rows = await this.queries.execute(new ListPoolMovements({ programmeId, below, rowsMax: limit + 1 }));
    const { nextCursor } = pageOf(rows, limit, ({ number }) => [number], movementShown);
    // A page is of so many movements, and shows fewer where some are told in the sum of another.
    return { items: rows.slice(0, limit).filter(({ isPart }) => !isPart).map(movementShown), nextCursor };
  }
}

type ShownPool = z.output<typeof pool>;
const ruleShown = ({ version, from, operatorCapBasisPoints, localBasisPoints, deciders }: KeptRule): z.output<typeof rule> =>
  ({ version, from, operatorCapBasisPoints, localBasisPoints, deciders: deciders.length });

function poolShown({ programmeId, programmeName, movements, gift: give, rule: inForce, announced, ...sums }: CommonsPool): ShownPool {
  return {
    programmeId: programmeId && idOut('programme', programmeId), programmeName, movements, gift: give && { ...give, accounts: [...give.accounts] }, currency: 'EUR', inCents: toWire(cents(sums.in)),
    outCents: toWire(cents(sums.out)), balanceCents: toWire(cents(sums.balance)), setAsideCents: toWire(cents(sums.setAside)),
    rule: inForce && ruleShown(inForce), announced: announced && ruleShown(announced),
  };
}

function movementShown({ number, eventId, at, rule: postingRule, amount, balance, parts, ...by }: PoolMovement): z.output<typeof movement> {
  const { sharingRule, allocation } = by;
  return {
    number, eventId: idOut('event', idOf('event', eventId)), at: at.toISOString(), kind: kindOfMovement(postingRule, amount), postingRule, currency: 'EUR',
    amountCents: toWire(cents(amount)), parts, balanceCents: toWire(cents(balance)),
    sharingRules: sharingRule.map(({ programmeId, version }) => ({ version, programmeId: idOut('programme', programmeId) })),
    allocation: allocation && { ...allocation, allocationId: idOut('allocation', allocation.allocationId) },
  };
}
