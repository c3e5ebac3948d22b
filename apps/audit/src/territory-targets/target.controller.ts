// What a programme aims at in an area and year, and how far it came.
import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, idIn, idOut, idText, Meta, parse, Problem, type HttpMeta } from '#libs/http';
import { isCommune, isDepartement, isRejected, showId, type Id } from '#libs/kernel';
import { SetTarget, ShowTargets, type TargetReach } from './target.commands.js';
import { TARGET_KINDS, type TargetKind } from './target.decision.js';

const IS_CODE: Readonly<Record<TargetKind, (code: string) => boolean>> = {
  commune: isCommune, departement: isDepartement, epci: (code) => /^\d{9}$/.test(code),
};
const REDEMPTIONS_MAX = 10_000_000;
const [YEAR_MIN, YEAR_MAX] = [2000, 2099];
const body = z.strictObject({
  programmeId: idIn('programme'), year: z.int().min(YEAR_MIN).max(YEAR_MAX), kind: z.enum(TARGET_KINDS),
  code: z.string().max(9).describe('INSEE code of a commune or département, SIREN of an EPCI'),
  redemptions: z.int().min(1).max(REDEMPTIONS_MAX).describe('services to render in the year'), reason: z.string().trim().min(10).max(500),
  previousVersion: z.int().min(0).max(1_000_000).optional().describe('of the area, that you saw; 0: none. Another one in force is a refusal'),
}).refine(({ kind, code }) => IS_CODE[kind](code), { error: 'expected a code of its kind', path: ['code'] });
const set = z.strictObject({ version: z.int() });
const query = z.strictObject({ programmeId: idIn('programme'), year: z.string().regex(/^20\d\d$/, 'expected a year like 2026').transform(Number) });
const answer = z.strictObject({
  programmeId: idText('programme'), year: z.int(),
  items: z.array(z.strictObject({
    kind: z.enum(TARGET_KINDS), code: z.string(), version: z.int(), redemptions: z.int(), reason: z.string(),
    reached: z.int().nullable().describe('services rendered, at least; null: unknown, or a payer asks, who reads the released months'),
    setBy: z.string().nullable().describe('a user; null: a payer asks'), setAt: z.iso.datetime(),
  })),
});

@Controller('audit/territory-targets')
export class TargetController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(201)
  @Api({ summary: 'Aim at so many services in an area and year; a later version replaces it', who: ['operator'], body, answer: set, status: 201, refusals: ['target_changed'] })
  async set(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof set>> {
    const { programmeId, year, previousVersion = null, ...target } = parse(body, asked);
    const outcome = await this.commands.execute(new SetTarget({ programmeId, year }, { ...target, previousVersion }, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return outcome;
  }

  @Get()
  @Api({
    summary: 'Targets of a programme for a year, by area, and what was reached; a payer sees those of programmes that it pays for',
    who: ['operator', 'auditor', 'payer'], query, answer, refusals: ['programme_not_paid_for'],
  })
  async list(@Query() asked: unknown, @Caller() { organisationKind, partyId }: Principal): Promise<z.output<typeof answer>> {
    const of = parse(query, asked);
    const found = await this.queries.execute(new ShowTargets(of, organisationKind === 'payer' ? partyId : null));
    if (isRejected(found)) throw new Problem(found);
    return { programmeId: idOut('programme', of.programmeId), year: of.year, items: found.map(shown) };
  }
}

const shown = ({ setBy, setAt, ...target }: TargetReach) => ({ ...target, setBy: setBy === null ? null : showId('user', setBy as Id<'user'>), setAt: setAt.toISOString() });
