import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import {
  Api, idIn, idOut, idText, Meta, pageAnswer, pageOf, pageQuery, parse, Problem, readCursor, type HttpMeta, type Page,
} from '#libs/http';
import { isRejected, type Rejected } from '#libs/kernel';
import { placeOf } from '../id-cursor.js';
import { ListProgrammes, ListRules, PublishProgramme, PublishRule, type Published } from './publish-programme.command.js';
import { askedRule, checkRule, kindIn, ruleBody, ruleFields, showRule, shownRule } from './rule-fields.js';

const programmeBody = z.strictObject({ ...ruleFields, kind: kindIn, custodyAccountId: idIn('bankAccount') }).superRefine(checkRule);
const published = z.strictObject({ programmeId: idText('programme'), ruleVersion: z.int(), effectiveFrom: z.string() });

@Controller('issuance/programmes')
export class PublishProgrammeController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Publish a programme with its first rules', who: ['operator'], body: programmeBody, answer: published, status: 201,
    refusals: ['effect_in_past', 'rules_end_before_effect', 'limit_below_face', 'price_bound_below_face'],
  })
  async publish(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof published>> {
    const { kind, custodyAccountId, effectiveFrom, ...text } = parse(programmeBody, asked);
    return answer(await this.commands.execute(
      new PublishProgramme({ kind, custodyAccountId }, { text: askedRule(text), effectiveFrom }, meta),
    ));
  }

  @Post(':id/rules')
  @HttpCode(201)
  @Api({
    summary: 'Publish the next version of a programme\'s rules, for orders from its day on', who: ['operator'], body: ruleBody,
    answer: published, status: 201,
    refusals: ['programme_not_found', 'effect_in_past', 'rules_end_before_effect', 'limit_below_face', 'price_bound_below_face'],
  })
  async revise(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof published>> {
    const { effectiveFrom, ...text } = parse(ruleBody, asked);
    return answer(await this.commands.execute(new PublishRule(parse(idIn('programme'), id), { text: askedRule(text), effectiveFrom }, meta)));
  }

  @Get()
  @Api({
    summary: 'Programmes with the rules in force, or the first to come, newest first', who: ['payer', 'operator', 'auditor'],
    query: pageQuery, answer: pageAnswer(shownRule),
  })
  async list(@Query() query: unknown): Promise<Page<z.output<typeof shownRule>>> {
    const { limit, cursor } = parse(pageQuery, query);
    const rows = await this.queries.execute(new ListProgrammes(placeOf('programme', cursor), limit + 1));
    return pageOf(rows, limit, ({ programmeId }) => [programmeId], showRule);
  }

  @Get(':id/rules')
  @Api({
    summary: 'All versions of a programme\'s rules, past, in force and to come, the latest version first',
    who: ['payer', 'operator', 'auditor'], query: pageQuery, answer: pageAnswer(shownRule), refusals: ['programme_not_found'],
  })
  async versions(@Param('id') id: string, @Query() query: unknown): Promise<Page<z.output<typeof shownRule>>> {
    const { limit, cursor } = parse(pageQuery, query);
    const before = cursor === undefined ? null : readCursor(z.tuple([z.int().positive()]), cursor)[0];
    const rows = await this.queries.execute(new ListRules(parse(idIn('programme'), id), before, limit + 1));
    if (isRejected(rows)) throw new Problem(rows);
    return pageOf(rows, limit, ({ version }) => [version], showRule);
  }
}

function answer(outcome: Published | Rejected): z.output<typeof published> {
  if (isRejected(outcome)) throw new Problem(outcome);
  return { ...outcome, programmeId: idOut('programme', outcome.programmeId) };
}
