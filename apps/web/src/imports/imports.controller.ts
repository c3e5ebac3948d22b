// The operator hands in files of places and of payers: tried first, with nothing written, and taken after.
import { Body, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse, parseUpload, Problem, TakesUpload } from '#libs/http';
import { seeOther, sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { problemOf, type Problem as Refused, type HandedFile } from '../services.js';
import { Acts } from '../stock/acts.js';
import type { SignedInVisit } from '../visit.js';
import { zoneVersionsShape } from '../zone-lists/zone-lists.data.js';
import { importPage } from './import.page.js';
import {
  importShape, isZones, KINDS, loadImport, loadPlaceImports, loadRefused, pathOf, previewShape, ROUTES, tableType, trialShape,
  UPLOAD_BYTES_MAX, type ImportKind,
} from './imports.data.js';
import { importsPage, type Handed } from './imports.page.js';

const HERE = '/imports';
const MAPPING_MAX = 12_000;
const SOURCE_MAX = 100;
const Form = z.strictObject({
  key: z.uuid(), act: z.enum(['try', 'import']), source: z.string().trim().max(SOURCE_MAX).default(''),
  mapping: z.string().max(MAPPING_MAX).regex(/^[\w=&%.~!*'()+-]*$/).default(''),
});
const KindParam = z.strictObject({ kind: z.enum(KINDS) });
const ImportParam = z.strictObject({ kind: z.enum(['places', 'payers']), importId: z.string().regex(/^imp_[0-9a-f-]{36}$/) });
const RowsQuery = z.object({ cursor: z.string().max(400).regex(/^[\w-]*$/).optional() });

@Pages()
export class ImportsController {
  constructor(private readonly acts: Acts) {}

  @Get('imports')
  @AllowOnly('anyone')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.send(await this.visit(request), reply);
  }

  /** A trial answers with the page itself: sent again it writes as little. */
  @Post('imports/:kind')
  @HttpCode(200)
  @TakesUpload(UPLOAD_BYTES_MAX)
  @AllowOnly('anyone')
  async hand(@Param() param: unknown, @Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { kind } = parse(KindParam, param);
    const visit = await this.acts.formVisit(request, HERE);
    assertOperator(visit);
    const { fields: { key, act, source, mapping: columns }, bytes } = parseUpload(Form, body);
    const mapping = columns && source ? `${columns}&source=${encodeURIComponent(source)}` : columns;
    if (bytes.length === 0) return this.send(visit, reply, { kind, refused: problemOf(400, 'file_missing') });
    const file = { bytes, type: tableType(bytes), key };
    const { services } = this.acts;
    if (act === 'try' && kind === 'places') {
      const trial = await services.postFile(pathOf(kind, act, mapping), trialShape, visit.person.bearer, file);
      return this.send(visit, reply, trial.ok ? { kind, trial: trial.value, mapping } : await this.refused(visit, kind, trial, file));
    }
    if (act === 'try') throw new Problem('request_malformed', [{ path: 'act', message: 'only places are tried' }]);
    const taken = await services.postFile(pathOf(kind, act, mapping), importShape, visit.person.bearer, file);
    if (taken.ok) return seeOther(reply, isZones(kind) ? `/zone-lists/${taken.value.importId}` : `${HERE}/${kind}/${taken.value.importId}`);
    await this.send(visit, reply, await this.refused(visit, kind, taken, file));
  }

  @Get('imports/:kind/:importId')
  @AllowOnly('anyone')
  async one(@Param() param: unknown, @Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { kind, importId } = parse(ImportParam, param);
    const { cursor } = parse(RowsQuery, query);
    const visit = await this.visit(request);
    const { bearer } = visit.person;
    const [found, rows] = await Promise.all([
      loadImport(this.acts.services, bearer, kind, importId), loadRefused(this.acts.services, bearer, kind, importId, cursor),
    ]);
    if (!found.ok) throw new Problem(found.status === 404 ? 'route_not_found' : 'unavailable');
    sendPage(reply, visit, importPage(visit, { kind, found: found.value, rows }));
  }

  /** Columns that are not those of the standard are looked at at once, while the file is here. */
  private async refused(visit: SignedInVisit, kind: ImportKind, refused: Refused, file: HandedFile): Promise<Handed> {
    if (kind !== 'places' || refused.code !== 'table_columns_missing') return { kind, refused };
    const preview = await this.acts.services.postFile(`${ROUTES.places}/preview`, previewShape, visit.person.bearer, file);
    return { kind, refused, ...(preview.ok && { preview: preview.value }) };
  }

  private async visit(request: FastifyRequest): Promise<SignedInVisit> {
    const visit = await this.acts.visit(request, HERE);
    assertOperator(visit);
    return visit;
  }

  private async send(visit: SignedInVisit, reply: FastifyReply, handed?: Handed): Promise<void> {
    const { services } = this.acts;
    const { bearer } = visit.person;
    const [places, zones] = await Promise.all([
      loadPlaceImports(services, bearer), services.get(ROUTES.density, zoneVersionsShape, bearer),
    ]);
    sendPage(reply, visit, importsPage(visit, { places, zones }, handed), handed?.refused?.status ?? 200);
  }
}

function assertOperator({ person: { organisation } }: SignedInVisit): void {
  if (organisation.kind !== 'operator') throw new Problem('role_missing');
}
