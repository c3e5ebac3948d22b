import { Readable } from 'node:stream';
import { Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse } from '#libs/http';
import { IncompleteExport } from '../lists/list-export.js';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { askedBy, Services, type Read } from '../services.js';
import { visitOf } from '../visit.js';
import { csvLines } from './commons-pools.csv.js';
import { movementsShape, NATIONAL_POOL, poolsShape, type Movement, type Movements } from './commons-pools.data.js';
import { poolPage, poolsPage } from './commons-pools.page.js';

const PoolParam = z.strictObject({ pool: z.union([z.literal(NATIONAL_POOL), z.string().regex(/^prg_[0-9a-f-]{36}$/)]) });
const PoolQuery = z.object({ cursor: z.string().max(400).regex(/^[\w-]*$/).optional() });
const [PER_PAGE, PER_FILE_PAGE] = [50, 200];

const movementsOf = (pool: string, limit: number, cursor?: string): string =>
  `/settlement/commons-pools/movements?limit=${limit}${pool === NATIONAL_POOL ? '' : `&programmeId=${pool}`}${cursor === undefined ? '' : `&cursor=${cursor}`}`;

/** Public: what is everybody's is read by everybody, without an account. */
@Pages()
export class CommonsPoolsController {
  constructor(private readonly services: Services) {}

  @Get('commons')
  @AllowOnly('anyone')
  async all(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = visitOf(request);
    const pools = await this.services.getPublic('/settlement/commons-pools', poolsShape, askedBy(request));
    sendPage(reply, visit, poolsPage(visit, pools), pools.ok ? 200 : pools.status);
  }

  @Get('commons/:pool')
  @AllowOnly('anyone')
  async one(@Param() of: unknown, @Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const [{ pool }, { cursor }, visit] = [parse(PoolParam, of), parse(PoolQuery, query), visitOf(request)];
    const [pools, movements] = await Promise.all([
      this.services.getPublic('/settlement/commons-pools', poolsShape, askedBy(request)),
      this.services.getPublic(movementsOf(pool, PER_PAGE, cursor), movementsShape, askedBy(request)),
    ]);
    const page = poolPage(visit, pool, pools, movements);
    sendPage(reply, visit, page.content, page.status);
  }

  @Get('commons/:pool/movements.csv')
  @AllowOnly('anyone')
  async csv(@Param() of: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const [{ pool }, visit] = [parse(PoolParam, of), visitOf(request)];
    const ask = (cursor?: string) => this.services.getPublic(movementsOf(pool, PER_FILE_PAGE, cursor), movementsShape, askedBy(request));
    const first = await ask();
    if (!first.ok) return sendPage(reply, visit, poolPage(visit, pool, first, first).content, first.status);
    reply.headers({ 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="commons-${pool}.csv"`, 'cache-control': 'no-store' })
      .send(Readable.from(csvLines(everyMovement(first.value, ask))));
  }
}

/** Throws where a page is not had: a file that ends early must not look whole. */
async function* everyMovement(first: Movements, more: (cursor: string) => Promise<Read<Movements>>): AsyncGenerator<Movement> {
  for (let page = first; ;) {
    yield* page.items;
    if (page.nextCursor === null) return;
    const next = await more(page.nextCursor);
    if (!next.ok) throw new IncompleteExport(`a page of a pool was not had: ${next.code}`);
    page = next.value;
  }
}
