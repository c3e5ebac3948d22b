import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, countIn, idIn, idOut, idText, pageAnswer, pageOf, pageQuery, parse, readCursor } from '#libs/http';
import { cents, idOf, toWire } from '#libs/kernel';
import type { SharingRule } from '../sharing-rules/sharing-rule.decision.js';
import { ListCommonsPools, ListPoolMovements, type CommonsPool, type PoolMovement } from './commons-pools.queries.js';
import { kindOfMovement, MOVEMENT_KINDS } from './pool-movement.decision.js';

const rule = z.strictObject({
  version: z.int(), from: z.string(), operatorCapBasisPoints: z.int(), localBasisPoints: z.int(), deciders: z.int().describe('how many people it names'),
});
const pool = z.strictObject({
  programmeId: idText('programme').nullable().describe('null: the national pool'), programmeName: z.string().nullable(),
  inCents: z.int(), outCents: z.int(), balanceCents: z.int().describe('in minus out'),
  setAsideCents: z.int().describe('of what went out: for early payments, and comes back'), movements: z.int(), currency: z.literal('EUR'),
  rule: rule.nullable().describe('its sharing rule in force'), announced: rule.nullable().describe('the last one that is to come'),
});
const pools = z.strictObject({ items: z.array(pool) });
const query = pageQuery.extend({ programmeId: idIn('programme').nullable().default(null).describe('left out: of the national pool') });
const movement = z.strictObject({
  number: z.int().describe('the first movement of the pool has 1'), eventId: idText('event').describe('in the sealed log, where its proof is'), at: z.iso.datetime(),
  kind: z.enum(MOVEMENT_KINDS), postingRule: z.string().describe('row of the table of postings'),
  amountCents: z.int().describe('below zero: out of the pool'), balanceCents: z.int().describe('of the pool, after it'), currency: z.literal('EUR'),
  sharingRules: z.array(z.strictObject({ programmeId: idText('programme'), version: z.int() })).describe('that divided what came in'),
  allocation: z.strictObject({ allocationId: idText('allocation'), legalName: z.string().nullable(), reason: z.string(), votes: z.int() }).nullable()
    .describe('the decision by which it went out'),
});

/** For everybody. Places are not named: what one gives to the commons would tell what it redeems. Who is given something is. */
@Controller('settlement/commons-pools')
export class CommonsPoolsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Api({ summary: 'The pools of the commons: what each has, in and out, to the cent, and its sharing rule', who: 'anyone', answer: pools })
  async list(): Promise<z.output<typeof pools>> {
    return { items: (await this.queries.execute(new ListCommonsPools())).map(poolShown) };
  }

  @Get('movements')
  @Api({
    summary: 'Every movement of a pool, newest first, with its rule or decision, and the balance after it', who: 'anyone', query, answer: pageAnswer(movement),
  })
  async movements(@Query() asked: unknown) {
    const { limit, cursor, programmeId } = parse(query, asked);
    const [below] = cursor ? readCursor(z.tuple([countIn]), cursor) : [null];
    const rows = await this.queries.execute(new ListPoolMovements({ programmeId, below, rowsMax: limit + 1 }));
    return pageOf(rows, limit, ({ number }) => [number], movementShown);
  }
}

const ruleShown = ({ deciders, ...one }: SharingRule): z.output<typeof rule> => ({ ...one, deciders: deciders.length });

function poolShown({ programmeId, programmeName, movements, rule: inForce, announced, ...sums }: CommonsPool): z.output<typeof pool> {
  return {
    programmeId: programmeId && idOut('programme', programmeId), programmeName, movements, currency: 'EUR', inCents: toWire(cents(sums.in)),
    outCents: toWire(cents(sums.out)), balanceCents: toWire(cents(sums.balance)), setAsideCents: toWire(cents(sums.setAside)),
    rule: inForce && ruleShown(inForce), announced: announced && ruleShown(announced),
  };
}

function movementShown({ number, eventId, at, rule: postingRule, amount, balance, ...by }: PoolMovement): z.output<typeof movement> {
  const { sharingRule, allocation } = by;
  return {
    number, eventId: idOut('event', idOf('event', eventId)), at: at.toISOString(), kind: kindOfMovement(postingRule, amount), postingRule, currency: 'EUR',
    amountCents: toWire(cents(amount)), balanceCents: toWire(cents(balance)),
    sharingRules: sharingRule.map(({ programmeId, version }) => ({ version, programmeId: idOut('programme', programmeId) })),
    allocation: allocation && { ...allocation, allocationId: idOut('allocation', allocation.allocationId) },
  };
}
