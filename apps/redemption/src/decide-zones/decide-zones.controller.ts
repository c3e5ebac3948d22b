// A version of a list of zones is looked at and taken into force by a second person, or set aside.
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { z } from 'zod';
import { Api, idIn, idOut, idText, Meta, pageAnswer, pageOf, pageQuery, parse, Problem, readCursor, textIn, type HttpMeta } from '#libs/http';
import { fileImportAnswer, showFileImport } from '#libs/imports';
import { isRejected, reject, type UserId } from '#libs/kernel';
import { ZONE_LISTS } from '../import-zones/zone-row.decision.js';
import { CompareZones, DecideZones, ListZoneVersions } from './decide-zones.command.js';
import type { ZoneWish } from './decide-zones.decision.js';
import type { Version } from './zone-version.store.js';

const REASON_LENGTH_MAX = 500;
const versionAnswer = fileImportAnswer.extend({
  list: z.enum(ZONE_LISTS), isInForce: z.boolean(),
  decided: z.strictObject({ outcome: z.enum(['accepted', 'set_aside']), reason: z.string().nullable(), by: idText('user'), at: z.iso.datetime() }).nullable()
    .describe('null: waits for somebody else than who sent the file'),
});
const versionsAnswer = z.strictObject({ items: z.array(versionAnswer) });
const change = z.strictObject({
  key: z.string().describe('INSEE code of the commune, or code of the quarter'),
  before: z.string().nullable().describe('its class, or the communes of the quarter; null: it is new'), after: z.string().nullable().describe('null: it is gone'),
});
const differenceAnswer = pageAnswer(change).extend({
  comparedWith: idText('fileImport').nullable().describe('in force now; null: nothing is'), added: z.int(), removed: z.int(), changed: z.int(),
});
const acceptance = z.strictObject({ comparedWith: idIn('fileImport').nullable().describe('the version that its difference was looked at against, as the difference names it') });
const settingAside = z.strictObject({ reason: textIn(REASON_LENGTH_MAX) });
const decided = z.strictObject({ importId: idText('fileImport') });
const REFUSED = ['import_not_found', 'zone_version_decided'] as const;

@Controller('redemption/zone-imports')
export class DecideZonesController {
  constructor(private readonly commands: CommandBus, private readonly queries: QueryBus) {}

  @Get()
  @Api({ summary: 'Versions of lists of zones, newest first: in force, waiting for a second person, or set aside', who: ['operator', 'approver', 'auditor'], answer: versionsAnswer })
  async list(): Promise<z.output<typeof versionsAnswer>> {
    return { items: (await this.queries.execute(new ListZoneVersions())).map(shown) };
  }

  @Get(':id/difference')
  @Api({
    summary: 'What a version says otherwise than the one in force', who: ['operator', 'approver', 'auditor'], query: pageQuery, answer: differenceAnswer,
    refusals: ['import_not_found'],
  })
  async difference(@Param('id') id: string, @Query() query: unknown): Promise<z.output<typeof differenceAnswer>> {
    const { limit, cursor } = parse(pageQuery, query);
    const [after] = cursor ? readCursor(z.tuple([z.string().max(20)]), cursor) : [''];
    const found = await this.queries.execute(new CompareZones(parse(idIn('fileImport'), id), { after, rowsMax: limit + 1 }));
    if (!found) throw new Problem(reject('import_not_found'));
    const { comparedWith, changes: { items, ...counts } } = found;
    const page = pageOf(items, limit, ({ key }) => [key], (one) => ({ ...one }));
    return { comparedWith: comparedWith && idOut('fileImport', comparedWith), ...counts, ...page, items: [...page.items] };
  }

  @Post(':id/acceptance')
  @HttpCode(201)
  @Api({
    summary: 'Take a version into force, as another person than who imported it', who: ['operator', 'approver'], freshSecondFactor: true, body: acceptance,
    answer: decided, status: 201, refusals: [...REFUSED, 'zone_version_unfinished', 'zone_version_own', 'zone_list_changed'],
  })
  accept(@Param('id') id: string, @Body() body: unknown, @Meta() meta: HttpMeta) {
    return this.decide(id, { by: meta.caller.userId, outcome: 'accepted', comparedWith: parse(acceptance, body).comparedWith }, meta);
  }

  @Post(':id/setting-aside')
  @HttpCode(201)
  @Api({ summary: 'Set a version aside that waits: it never comes into force', who: ['operator', 'approver'], body: settingAside, answer: decided, status: 201, refusals: REFUSED })
  setAside(@Param('id') id: string, @Body() body: unknown, @Meta() meta: HttpMeta) {
    return this.decide(id, { by: meta.caller.userId, outcome: 'set_aside', reason: parse(settingAside, body).reason }, meta);
  }

  private async decide(id: string, wish: ZoneWish, meta: HttpMeta): Promise<z.output<typeof decided>> {
    const importId = parse(idIn('fileImport'), id);
    const outcome = await this.commands.execute(new DecideZones(importId, wish, meta));
    if (isRejected(outcome)) throw new Problem(outcome);
    return { importId: idOut('fileImport', importId) };
  }
}

const shown = ({ list, isInForce, decided: said, ...version }: Version): z.output<typeof versionAnswer> => ({
  ...showFileImport(version), list, isInForce,
  decided: said && { outcome: said.outcome, reason: said.reason, by: idOut('user', said.by as UserId), at: said.at.toISOString() },
});
