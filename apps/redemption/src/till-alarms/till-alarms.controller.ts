import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, pageAnswer, pageOf, pageQuery, parse, Problem, type HttpMeta, type Page } from '#libs/http';
import { idOf, isRejected } from '#libs/kernel';
import { placeOf } from '../id-cursor.js';
import type { TillAlarmView } from './till-alarm.store.js';
import { AcknowledgeTillAlarm, ListTillAlarms } from './till-alarms.command.js';

const query = pageQuery.extend({ seen: z.enum(['true', 'false']).transform((text) => text === 'true').optional() });
const shown = z.strictObject({
  alarmId: idText('tillAlarm'), placeId: idText('place').nullable().describe('null: all tills together'), placeName: z.string().nullable(),
  windowFrom: z.string().describe('instant, UTC: the quarter of an hour that it is about'),
  count: z.int().describe('well-formed codes that nobody knows, and codes that this place could not redeem'),
  firstAt: z.string(), lastAt: z.string(), seenBy: idText('user').nullable(), seenAt: z.string().nullable(),
});
const body = z.strictObject({});
const answer = z.strictObject({ alarmId: idText('tillAlarm'), seenAt: z.string().describe('instant, UTC') });

@Controller('redemption/till-alarms')
export class TillAlarmsController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Get()
  @Api({ summary: 'Places whose tills named many unknown codes, newest first', who: ['operator', 'auditor'], query, answer: pageAnswer(shown) })
  async list(@Query() asked: unknown): Promise<Page<z.output<typeof shown>>> {
    const { limit, cursor, seen = null } = parse(query, asked);
    const rows = await this.queries.execute(new ListTillAlarms({ before: placeOf('tillAlarm', cursor), rowsMax: limit + 1, seen }));
    return pageOf(rows, limit, ({ alarmId }) => [alarmId], show);
  }

  @Post(':id/acknowledgement')
  @HttpCode(200)
  @Api({
    summary: 'Say that somebody looked at an alarm', who: ['operator'], body, answer, refusals: ['till_alarm_not_found', 'till_alarm_seen'],
  })
  async acknowledge(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof answer>> {
    parse(body, asked);
    const outcome = await this.commands.execute(new AcknowledgeTillAlarm(parse(idIn('tillAlarm'), id), meta.caller.userId, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { ...outcome, alarmId: idOut('tillAlarm', outcome.alarmId) };
  }
}

const show = ({ alarmId, placeId, windowFrom, firstAt, lastAt, seenBy, seenAt, ...alarm }: TillAlarmView): z.output<typeof shown> => ({
  ...alarm, alarmId: idOut('tillAlarm', alarmId), placeId: placeId && idOut('place', placeId), windowFrom: windowFrom.toISOString(),
  firstAt: firstAt.toISOString(), lastAt: lastAt.toISOString(), seenBy: seenBy && idOut('user', idOf('user', seenBy)),
  seenAt: seenAt?.toISOString() ?? null,
});
