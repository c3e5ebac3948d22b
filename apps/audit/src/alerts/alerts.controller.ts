import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { Principal } from '#libs/auth';
import { Api, Caller, idIn, idOut, idText, Meta, pageAnswer, pageOf, pageQuery, parse, Problem, readCursor, textIn, type HttpMeta } from '#libs/http';
import { idOf, isRejected, reject } from '#libs/kernel';
import { EXPLANATION_LENGTH_MAX } from '../limits.js';
import { alertFact, placeAlert, show, shownAlert, showFact, showToPlace } from './alert-answer.js';
import { DecideAlert } from './decide-alert.command.js';
import type { AlertOutcome } from './decide-alert.decision.js';
import { ALERT_STATES, ListAlerts, ShowAlert, ShowWatch, type AlertCursor, type ListedAlert } from './list-alerts.query.js';
import { placeOf } from './place-of.js';

const query = pageQuery.extend({ state: z.enum(ALERT_STATES).optional(), placeId: idIn('place').optional() });
const position = z.tuple([z.int(), z.int(), z.uuid().transform((uuid) => idOf('alert', uuid))]);
const body = z.strictObject({ explanation: textIn(EXPLANATION_LENGTH_MAX).describe('of an upheld alert the place reads it') });
const decided = z.strictObject({ alertId: idText('alert'), outcome: z.enum(['dismissed', 'upheld']), lines: z.int().describe('redemptions whose lines are held') });
const standing = z.strictObject({ sealed: z.int().describe('events in the log'), watched: z.int().describe('of them, those that the rules were asked about') });
const REFUSED = ['alert_not_found', 'alert_decided', 'decider_behind_account'];

@Controller('audit')
export class AlertsController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Get('alerts')
  @Api({ summary: 'What the rules against fraud found, the worst first', who: ['operator', 'approver', 'auditor'], query, answer: pageAnswer(shownAlert) })
  async list(@Query() asked: unknown) {
    const { limit, cursor, state = null, placeId = null } = parse(query, asked);
    const rows = await this.queries.execute(new ListAlerts({ state, placeId, alertId: null, before: before(cursor), rowsMax: limit + 1 }));
    return pageOf(rows, limit, positionOf, show);
  }

  @Get('alerts/:id')
  @Api({
    summary: 'One alert with the events that it rests on', who: ['operator', 'approver', 'auditor'],
    answer: z.strictObject({ alert: shownAlert, facts: z.array(alertFact) }), refusals: ['alert_not_found'],
  })
  async one(@Param('id') id: string) {
    const found = await this.queries.execute(new ShowAlert(parse(idIn('alert'), id)));
    if (!found) throw new Problem(reject('alert_not_found'));
    return { alert: show(found.alert), facts: found.facts.map(showFact) };
  }

  @Get('alert-watch')
  @Api({ summary: 'How far the rules against fraud have come', who: ['operator', 'approver', 'auditor'], answer: standing })
  watch(): Promise<z.output<typeof standing>> {
    return this.queries.execute(new ShowWatch());
  }

  @Get('place-alerts')
  @Api({ summary: 'The alerts that were upheld about one\'s own place', who: ['till', 'manager'], query: pageQuery, answer: pageAnswer(placeAlert) })
  async ofPlace(@Query() asked: unknown, @Caller() caller: Principal) {
    const { limit, cursor } = parse(pageQuery, asked);
    const filter = { state: 'upheld', placeId: placeOf(caller), alertId: null, before: before(cursor), rowsMax: limit + 1 } as const;
    return pageOf(await this.queries.execute(new ListAlerts(filter)), limit, positionOf, showToPlace);
  }

  @Post('alerts/:id/dismissal')
  @HttpCode(201)
  @Api({ summary: 'There is nothing in it, and why', who: ['operator'], freshSecondFactor: true, body, answer: decided, status: 201, refusals: REFUSED })
  dismiss(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof decided>> {
    return this.decide('dismissed', { id, asked, meta });
  }

  @Post('alerts/:id/upholding')
  @HttpCode(201)
  @Api({
    summary: 'Settlement holds the lines of this alert until somebody has looked further; the place is told, and may appeal', who: ['operator'], freshSecondFactor: true,
    body, answer: decided, status: 201, refusals: [...REFUSED, 'alert_without_lines'],
  })
  uphold(@Param('id') id: string, @Body() asked: unknown, @Meta() meta: HttpMeta): Promise<z.output<typeof decided>> {
    return this.decide('upheld', { id, asked, meta });
  }

  private async decide(outcome: AlertOutcome, { id, asked, meta }: Readonly<{ id: string; asked: unknown; meta: HttpMeta }>) {
    const told = await this.commands.execute(new DecideAlert({ alertId: parse(idIn('alert'), id), outcome, ...parse(body, asked) }, meta));
    if (isRejected(told)) throw new Problem(told);
    return { ...told, alertId: idOut('alert', told.alertId) };
  }
}

const positionOf = ({ severity, amountCents, alertId }: ListedAlert): [number, number, string] => [severity, amountCents, alertId];

function before(cursor: string | undefined): AlertCursor | null {
  if (cursor === undefined) return null;
  const [severity, amountCents, alertId] = readCursor(position, cursor);
  return { severity, amountCents, alertId };
}
