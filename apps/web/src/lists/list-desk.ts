// What a list asks and shows, and what its forms do about a person's own views of it.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parse, parseForm } from '#libs/http';
import { seeOther, sendPage } from '../page-answer.js';
import { assertSameOrigin } from '../same-origin.js';
import type { Read, Services } from '../services.js';
import type { Sessions } from '../sessions.js';
import type { WebSettings } from '../settings.js';
import { visitOf, type SignedInVisit } from '../visit.js';
import { ListAddress } from './list-address.js';
import { listPage, type ListPage } from './list.page.js';
import type { List } from './list.js';
import { loadViews, questionOf } from './saved-views.data.js';
import { savedViews, type RefusedView } from './saved-views.view.js';

const ROWS_OF_A_PAGE = 50;
const FIELD_MAX = 4_000;

const totals = z.object({ count: z.int(), sums: z.record(z.string(), z.int()) }).nullable().default(null);
/** A name that is none is refused by the service, beside what was typed. */
const ViewForm = z.strictObject({ key: z.uuid(), name: z.string().trim().max(FIELD_MAX), question: z.string().max(FIELD_MAX) });
const ChangeForm = ViewForm.extend({ act: z.enum(['name', 'removal']) });
const ViewParam = z.object({ savedViewId: z.string().regex(/^svw_[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) });

export class ListDesk<Item> {
  private readonly shape;

  constructor(
    private readonly list: List<Item>, private readonly services: Services, private readonly sessions: Sessions,
    private readonly settings: WebSettings,
  ) {
    this.shape = z.object({ items: z.array(list.item), nextCursor: z.string().nullable(), totals });
  }

  async visit(request: FastifyRequest): Promise<SignedInVisit> {
    return { ...visitOf(request), person: await this.sessions.person(request) };
  }

  ask({ person }: SignedInVisit, question: URLSearchParams): Promise<Read<ListPage<Item>>> {
    return this.services.get(`${this.list.api}?${question}`, this.shape, person.bearer);
  }

  async show(visit: SignedInVisit, address: ListAddress<Item>, reply: FastifyReply, refused?: RefusedView): Promise<void> {
    const { list, services } = this;
    const [read, kept] = await Promise.all([
      this.ask(visit, address.question(ROWS_OF_A_PAGE)), loadViews(services, visit.person.bearer, list),
    ]);
    const above = await list.above?.(visit, read.ok ? read.value.totals : null, services);
    const views = savedViews(visit, list, address, kept, refused);
    sendPage(reply, visit, listPage(visit, list, address, read, { above, views }), refused?.problem.status ?? 200);
  }

  /** Whatever the form says, only what the list knows is kept. */
  async keep(request: FastifyRequest, body: unknown, reply: FastifyReply): Promise<void> {
    const visit = await this.formVisit(request);
    const { key, name, question } = parseForm(ViewForm, body);
    await this.send(visit, reply, { path: '', body: { list: this.list.path, name, question: questionOf(this.list, question) }, key }, { name, question });
  }

  async change(request: FastifyRequest, of: unknown, body: unknown, reply: FastifyReply): Promise<void> {
    const [visit, { savedViewId }] = [await this.formVisit(request), parse(ViewParam, of)];
    const { key, name, question, act } = parseForm(ChangeForm, body);
    await this.send(visit, reply, { path: `/${savedViewId}/${act}`, body: act === 'name' ? { name } : {}, key }, { name: '', question });
  }

  /** Back to what was looked at; a refusal is said above it. */
  private async send(
    visit: SignedInVisit, reply: FastifyReply, { path, body, key }: Readonly<{ path: string; body: object; key: string }>,
    { name, question }: Readonly<{ name: string; question: string }>,
  ): Promise<void> {
    const address = ListAddress.of(this.list, `${this.list.path}?${question}`);
    const done = await this.services.post(`/identity/me/saved-views${path}`, z.unknown(), visit.person.bearer, { body, key });
    if (done.ok) return seeOther(reply, address.with({}));
    await this.show(visit, address, reply, { problem: done, name });
  }

  private async formVisit(request: FastifyRequest): Promise<SignedInVisit> {
    assertSameOrigin(request, this.settings.baseUrl);
    return { ...await this.visit(request), path: this.list.path };
  }
}
