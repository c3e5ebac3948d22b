import { Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse } from '#libs/http';
import { allOf } from '../decisions/one-of.js';
import type { Ask } from '../decisions/decision-page.js';
import { endOfDay } from '../local-day.js';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { Services } from '../services.js';
import { Sessions } from '../sessions.js';
import { visitOf } from '../visit.js';
import { balances, booksPage, compared, difference, transfers, transfersPage } from './books.page.js';

const day = z.union([z.iso.date(), z.literal('')]).default('');
const BooksQuery = z.object({ at: day });
const TransfersQuery = z.object({ at: day, account: z.string().regex(/^[a-z_]+(:[0-9a-z:_-]+)?$/).max(120), cursor: z.string().max(600).optional() });
/** Of today it is now, which the service says without being asked. */
const endOf = (at: string): string => (at === '' || at >= new Date().toISOString().slice(0, 10) ? '' : `&at=${endOfDay(at)}`);

@Pages()
export class BooksController {
  constructor(private readonly services: Services, private readonly sessions: Sessions) {}

  @Get('books')
  @AllowOnly('anyone')
  async show(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { at } = parse(BooksQuery, query);
    const visit = { ...visitOf(request), person: await this.sessions.person(request) };
    const ask: Ask = (path, schema) => this.services.get(path, schema, visit.person.bearer);
    const [comparison, differences, held] = await Promise.all([
      allOf(ask, '/settlement/reconciliation', compared), allOf(ask, '/settlement/reconciliation/lines?limit=100', difference), ask(`/settlement/books/balances?limit=200${endOf(at)}`, balances),
    ]);
    sendPage(reply, visit, booksPage(visit, { at, compared: comparison, differences, balances: held }));
  }

  @Get('books/transfers')
  @AllowOnly('anyone')
  async transfers(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { at, account, cursor } = parse(TransfersQuery, query);
    const visit = { ...visitOf(request), person: await this.sessions.person(request) };
    const of = `account=${encodeURIComponent(account)}`;
    const read = await this.services.get(`/settlement/books/transfers?limit=100&${of}${endOf(at)}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`, transfers, visit.person.bearer);
    const next = read.ok && read.value.nextCursor !== null ? `/books/transfers?${of}${at && `&at=${at}`}&cursor=${encodeURIComponent(read.value.nextCursor)}` : null;
    sendPage(reply, visit, transfersPage(visit, account, read, next));
  }
}
