import { Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { idIn, parse } from '#libs/http';
import { releasesShape, shownProgramme } from '../figures/figures.data.js';
import { lastYear, loadProgrammes } from '../impact/impact.data.js';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { passFile } from '../pass-file.js';
import { askedBy, Services } from '../services.js';
import { Sessions } from '../sessions.js';
import { visitOf } from '../visit.js';
import { publicTerritoryPage } from './public-territory.page.js';
import { loadDeserts, loadReasons, loadTerritory } from './territory.data.js';
import { territoryPage } from './territory.page.js';

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const programmeId = z.string().regex(/^prg_[0-9a-f-]{36}$/);
const monthTyped = month.optional().catch(undefined);
const TerritoryQuery = z.object({ programmeId: programmeId.optional(), from: monthTyped, to: monthTyped });
const AreasFile = z.object({ programmeId, from: month, to: month });
const PlacesFile = z.object({ year: z.string().regex(/^20\d\d$/) });
const ProgrammeParam = z.strictObject({ programmeId: idIn('programme') });
const MONTHS_SUMMED = 12;

/** Where services are rendered and where not: for those who pay and run the platform, and for everybody. */
@Pages()
export class TerritoryController {
  constructor(private readonly services: Services, private readonly sessions: Sessions) {}

  @Get('territory')
  @AllowOnly('anyone')
  async show(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const said = parse(TerritoryQuery, query);
    const visit = { ...visitOf(request), person: await this.sessions.person(request) };
    const programmes = await loadProgrammes(this.services, visit.person.bearer);
    const usual = lastYear(new Date());
    const chosen = said.programmeId ?? (programmes.ok ? programmes.value[0]?.programmeId : undefined);
    const asked = { programmeId: chosen ?? '', from: said.from ?? usual.from, to: said.to ?? usual.to };
    const read = chosen === undefined ? null
      : await loadTerritory(this.services, visit.person.bearer, { asked, headers: askedBy(request) });
    sendPage(reply, visit, territoryPage(visit, programmes, asked, read));
  }

  @Get('territory/areas.csv')
  @AllowOnly('anyone')
  async areas(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const asked = new URLSearchParams(parse(AreasFile, query));
    const { bearer } = await this.sessions.person(request);
    await passFile(reply, await this.services.pass(`/audit/areas.csv?${asked}`, bearer));
  }

  @Get('territory/places.csv')
  @AllowOnly('anyone')
  async places(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { year } = parse(PlacesFile, query);
    const { bearer } = await this.sessions.person(request);
    await passFile(reply, await this.services.pass(`/audit/place-earnings.csv?year=${year}`, bearer));
  }

  @Get('territories/:programmeId')
  @AllowOnly('anyone')
  async ofEverybody(@Param() param: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { programmeId: asked } = parse(ProgrammeParam, param);
    const visit = visitOf(request);
    const [deserts, releases, reasons] = await Promise.all([
      loadDeserts(this.services, shownProgramme(asked), askedBy(request)),
      this.services.getPublic(`/audit/open-data/months?limit=${MONTHS_SUMMED}`, releasesShape), loadReasons(this.services),
    ]);
    sendPage(reply, visit, publicTerritoryPage(visit, asked, { deserts, releases, reasons }), deserts.ok ? 200 : deserts.status);
  }
}
