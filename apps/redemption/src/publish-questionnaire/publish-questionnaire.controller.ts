import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { ROLES } from '#libs/auth';
import { Api, dayIn, idIn, idOut, idText, Meta, parse, Problem, textIn, type HttpMeta } from '#libs/http';
import { isRejected } from '#libs/kernel';
import { QUESTION_LENGTH_MAX, QUESTION_OPTIONS_MAX, QUESTION_POINTS_MAX, QUESTIONS_MAX } from '../limits.js';
import type { StoredQuestionnaire } from '../questionnaire.store.js';
import { ListQuestionnaires, PublishQuestionnaire } from './publish-questionnaire.command.js';

const key = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'expected small letters, digits and _');
const unique = (items: readonly Readonly<{ key: string }>[]) => new Set(items.map((item) => item.key)).size === items.length;
const option = z.strictObject({
  key, text: textIn(QUESTION_LENGTH_MAX), points: z.int().min(0).max(QUESTION_POINTS_MAX),
  eliminates: z.boolean().default(false).describe('whoever answers this is not accredited, whatever the points'),
});
const question = z.strictObject({
  key, text: textIn(QUESTION_LENGTH_MAX), options: z.array(option).min(2).max(QUESTION_OPTIONS_MAX).refine(unique, 'a key twice'),
});
const body = z.strictObject({
  programmeId: idIn('programme'), from: dayIn.optional().describe('applications begun from this day on; without it: today'),
  threshold: z.int().min(0).max(QUESTIONS_MAX * QUESTION_POINTS_MAX).describe('fewer points are not accredited'),
  questions: z.array(question).min(1).max(QUESTIONS_MAX).refine(unique, 'a key twice'),
  documents: z.array(key).max(20).default([]).describe('kinds without which nothing is submitted'),
});
const query = z.strictObject({ programmeId: idIn('programme') });
const shown = z.strictObject({
  programmeId: idText('programme'), version: z.int(), from: z.string(), threshold: z.int(),
  questions: z.array(z.strictObject({
    key: z.string(), text: z.string(),
    options: z.array(z.strictObject({ key: z.string(), text: z.string(), points: z.int(), eliminates: z.boolean() })),
  })),
  documents: z.array(z.string()),
});
const listed = z.strictObject({ items: z.array(shown) });

@Controller('redemption/questionnaires')
export class PublishQuestionnaireController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(201)
  @Api({
    summary: 'Publish the questionnaire that places answer who apply for a programme, as its next version', who: ['operator'], body,
    answer: shown, status: 201, refusals: ['programme_not_found', 'questionnaire_day_past'],
  })
  async publish(@Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof shown>> {
    const { from = null, ...questionnaire } = parse(body, asked);
    const outcome = await this.commands.execute(new PublishQuestionnaire({ ...questionnaire, from }, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return show(outcome);
  }

  @Get()
  @Api({ summary: 'The questionnaires of a programme with points and threshold, newest first', who: ROLES, query, answer: listed })
  async list(@Query() asked: unknown): Promise<z.output<typeof listed>> {
    const rows = await this.queries.execute(new ListQuestionnaires(parse(query, asked).programmeId));
    return { items: rows.map(show) };
  }
}

const show = ({ programmeId, questions, documents, ...rest }: StoredQuestionnaire): z.output<typeof shown> => ({
  ...rest, programmeId: idOut('programme', programmeId), documents: [...documents],
  questions: questions.map(({ options, ...asked }) => ({ ...asked, options: [...options] })),
});
