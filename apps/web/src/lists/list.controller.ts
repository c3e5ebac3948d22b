// The routes of a list: its page, and what is filtered as CSV or workbook.
import { Readable } from 'node:stream';
import { Body, Get, HttpCode, Param, Post, Req, Res, type Type } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AllowOnly } from '#libs/auth';
import { html, type Html } from '../html.js';
import { signedInPage } from '../layout.js';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { Services } from '../services.js';
import { Sessions } from '../sessions.js';
import { WebSettings } from '../settings.js';
import type { SignedInVisit } from '../visit.js';
import { ListAddress } from './list-address.js';
import { csvOf, itemsOf, WORKBOOK_ROWS_MAX, workbookOf } from './list-export.js';
import { ListDesk } from './list-desk.js';
import { listPage, type ListPage } from './list.page.js';
import type { List } from './list.js';

const ROWS_OF_A_FILE_PAGE = 200;

/** A controller of its own for each list, so that its address is a plain route. */
export function listPages<Item>(list: List<Item>): Type {
  const route = list.path.slice(1);

  @Pages()
  class ListController {
    private readonly desk: ListDesk<Item>;

    constructor(services: Services, sessions: Sessions, settings: WebSettings) {
      this.desk = new ListDesk(list, services, sessions, settings);
    }

    @Get(route)
    @AllowOnly('anyone')
    async page(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
      await this.desk.show(await this.desk.visit(request), ListAddress.of(list, request.url), reply);
    }

    @Post(`${route}/views`)
    @HttpCode(303)
    @AllowOnly('anyone')
    keep(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
      return this.desk.keep(request, body, reply);
    }

    @Post(`${route}/views/:savedViewId`)
    @HttpCode(303)
    @AllowOnly('anyone')
    change(@Param() of: unknown, @Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
      return this.desk.change(request, of, body, reply);
    }

    @Get(`${route}.csv`)
    @AllowOnly('anyone')
    async csv(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
      const [visit, address] = [await this.desk.visit(request), ListAddress.of(list, request.url)];
      const first = await this.desk.ask(visit, address.question(ROWS_OF_A_FILE_PAGE));
      if (!first.ok) return sendPage(reply, visit, listPage(visit, list, address, first), first.status);
      const lines = csvOf(visit, address.columns, this.items(visit, address, first.value));
      file(reply, `${route}.csv`, 'text/csv; charset=utf-8').send(Readable.from(lines));
    }

    @Get(`${route}.xlsx`)
    @AllowOnly('anyone')
    async workbook(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
      const [visit, address] = [await this.desk.visit(request), ListAddress.of(list, request.url)];
      const first = await this.desk.ask(visit, address.question(ROWS_OF_A_FILE_PAGE));
      if (!first.ok) return sendPage(reply, visit, listPage(visit, list, address, first), first.status);
      const items: Item[] = [];
      for await (const item of this.items(visit, address, first.value)) {
        if (items.push(item) > WORKBOOK_ROWS_MAX) return sendPage(reply, visit, tooLong(visit, address), 413);
      }
      const bytes = await workbookOf(visit, visit.say(...list.title), address.columns, items);
      file(reply, `${route}.xlsx`, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet').send(bytes);
    }

    private items(visit: SignedInVisit, address: ListAddress<Item>, first: ListPage<Item>): AsyncGenerator<Item> {
      return itemsOf(first, (cursor) => {
        const question = address.question(ROWS_OF_A_FILE_PAGE);
        question.set('cursor', cursor);
        question.delete('totals');
        return this.desk.ask(visit, question);
      });
    }
  }
  return ListController;
}

const file = (reply: FastifyReply, name: string, type: string): FastifyReply =>
  reply.headers({ 'content-type': type, 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-store' });

function tooLong<Item>(visit: SignedInVisit, address: ListAddress<Item>): Html {
  const { say } = visit;
  const title = say('Trop de lignes pour un classeur', 'Too many rows for a workbook');
  return signedInPage(visit, title, html`<h1>${title}</h1><p class="lead">${say(
    `Un classeur tient ${WORKBOOK_ROWS_MAX} lignes. Prenez le CSV, qui les a toutes, ou filtrez la liste.`,
    `A workbook holds ${WORKBOOK_ROWS_MAX} rows. Take the CSV, which has all of them, or filter the list.`)}</p>
<p class="field"><a class="button filled" href="${address.with({}, '.csv')}" download>CSV</a> <a class="button" href="${address.with({})}">${say('Revenir à la liste', 'Back to the list')}</a></p>`);
}
