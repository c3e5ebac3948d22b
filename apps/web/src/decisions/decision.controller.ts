// The routes of a page that somebody decides on: the page, and one address for its forms.
import { Body, Get, HttpCode, Param, Post, Req, Res, type Type } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parse, parseForm, Problem } from '#libs/http';
import { html, type Html, type Piece } from '../html.js';
import { icon } from '../icons.js';
import { signedInPage } from '../layout.js';
import { seeOther, sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { passFile } from '../pass-file.js';
import { assertSameOrigin } from '../same-origin.js';
import { isRefused, SecondFactors } from '../second-factor/second-factor.data.js';
import { asksForCode } from '../second-factor/second-factor-words.js';
import { isOutage, Services, type Problem as Refusal } from '../services.js';
import { Sessions } from '../sessions.js';
import { WebSettings } from '../settings.js';
import { visitOf, type SignedInVisit } from '../visit.js';
import { formsPart, mayDecide, type Attempt } from './decision-form.view.js';
import type { Ask, DecisionPage } from './decision-page.js';
import { decisionRefusal } from './decision-refusals.js';
import { readForm } from './read-form.js';
import { digestOf, sendForm, tryForm } from './send-form.js';

const FIELD_MAX = 4_000;
const REFUSED = 403;
const MALFORMED = 400;
const Posted = z.object({ key: z.uuid(), code: z.string().max(40).optional(), tried: z.string().max(64).optional() })
  .catchall(z.string().max(FIELD_MAX));
const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

type No = Readonly<{ status: number; sentence?: string; code?: string; attempt?: Attempt }>;

export function decisionPages<Thing>(page: DecisionPage<Thing>): Type {
  const Param_ = page.prefix === undefined ? z.object({ step: z.string().optional() })
    : z.object({ id: z.string().regex(new RegExp(`^${page.prefix}_${UUID}$`)), step: z.string().optional() });

  @Pages()
  class DecisionController {
    constructor(
      private readonly services: Services, private readonly sessions: Sessions, private readonly factors: SecondFactors,
      private readonly settings: WebSettings,
    ) {}

    @Get(page.route)
    @AllowOnly('anyone')
    async show(@Param() param: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
      const { path, id } = addressOf(page.route, parse(Param_, param));
      const visit = { ...await this.visit(request), path };
      this.answer(visit, await this.thing(visit, id), reply);
    }

    @Post(`${page.route}/:step`)
    @HttpCode(303)
    @AllowOnly('anyone')
    async decide(@Param() param: unknown, @Body() body: unknown, @Req() request: FastifyRequest,
      @Res() reply: FastifyReply): Promise<void> {
      assertSameOrigin(request, this.settings.baseUrl);
      const given = parse(Param_, param);
      const { path, id } = addressOf(page.route, given);
      const { key, code, tried, ...typed } = parseForm(Posted, body);
      const before = { ...await this.visit(request), path };
      const thing = await this.thing(before, id);
      const form = page.forms(thing, before).find(({ step }) => step === given.step);
      if (!form || !mayDecide(form, before.person.organisation.roles)) return this.answer(before, thing, reply, { status: 409,
        sentence: tooLate(before) });
      const of = digestOf(typed);
      const attempt = { step: form.step, typed, wrong: {}, asksForCode: false, ...(form.trial && tried === of && { tried: { of } }) };
      const { values, wrong } = readForm(form, typed, before);
      if (Object.keys(wrong).length > 0) {
        return this.answer(before, thing, reply, { status: MALFORMED, sentence: notFilled(before), attempt: { ...attempt, wrong,
          asksForCode: code !== undefined } });
      }
      const shownOf = (piece: Piece): No => ({ status: 200, attempt: { ...attempt, tried: { of, told: piece } } });
      const told = await tryForm(this.services, form, values, { visit: before, isTried: tried === of });
      if (told) return this.answer(before, thing, reply, told.ok ? shownOf(told.value) : noOf(told, attempt, key));
      if (code !== undefined) {
        const entered = await this.factors.enter(request, code);
        if (isRefused(entered)) {
          return this.answer(before, thing, reply, { status: REFUSED, code: entered.refused, attempt: { ...attempt,
            asksForCode: asksForCode(entered.refused) } });
        }
      }
      // A token that was asked for after the code says that there was one.
      const visit = code === undefined ? before : { ...await this.visit(request), path };
      const sent = await sendForm(this.services, form, values, { bearer: visit.person.bearer, key });
      if (sent.done === 'file') return passFile(reply.code(200), sent.file);
      if (sent.done === 'page') return seeOther(reply, form.then?.(sent.answer) ?? path);
      this.answer(visit, await this.thing(visit, id), reply, noOf(sent.refusal, attempt, key));
    }

    private async visit(request: FastifyRequest): Promise<SignedInVisit> {
      return { ...visitOf(request), person: await this.sessions.person(request) };
    }

    private thing = (visit: SignedInVisit, id: string): Promise<Thing> => thingOf(page, this.services, visit, id);

    private answer = (visit: SignedInVisit, thing: Thing, reply: FastifyReply, no?: No): void =>
      sendPage(reply, visit, decisionView(page, visit, thing, no), no?.status ?? 200);
  }
  return DecisionController;
}

async function thingOf<Thing>(
  page: DecisionPage<Thing>, services: Services, visit: SignedInVisit, id: string,
): Promise<Thing> {
  const ask: Ask = (path, schema) => services.get(path, schema, visit.person.bearer);
  const read = await page.load(ask, id, visit);
  if (!read.ok) throw new Problem(read.status === 404 ? 'route_not_found' : read.status === 403 ? 'role_missing' : 'unavailable');
  return read.value;
}

/** A key is sent again only where nobody knows whether it was done: a refusal is kept with its key. */
const noOf = (refusal: Refusal, attempt: Attempt, key: string): No => ({
  status: refusal.status, code: refusal.code,
  attempt: { ...attempt, asksForCode: refusal.code === 'second_factor_stale', ...(isOutage(refusal) && { key }) },
});

function decisionView<Thing>(page: DecisionPage<Thing>, visit: SignedInVisit, thing: Thing, no?: No): Html {
  const [title, { href, word }] = [page.title(thing, visit), page.back(visit)];
  const refused = no?.sentence ?? (no?.code === undefined ? undefined : decisionRefusal(no.code, visit.say));
  return signedInPage(visit, title, html`<p class="small"><a href="${href}">${word}</a></p><h1>${title}</h1>
${refused !== undefined && html`<div class="notice no" role="alert">${icon('refused')}<p>${refused}${no?.code === 'second_factor_missing' && html` <a href="/second-factor">${
  visit.say('Activer', 'Switch it on')}</a>`}</p></div>`}
${page.show(thing, visit)}${formsPart(visit, visit.path, page.forms(thing, visit), no?.attempt)}`);
}

function addressOf(route: string, { id }: Readonly<Record<string, unknown>>): { path: string; id: string } {
  const shown = typeof id === 'string' ? id : '';
  return { path: `/${route.replace(':id', shown)}`, id: shown };
}

const tooLate = ({ say }: SignedInVisit): string => say('Ce n’est plus à décider ici, ou votre rôle ne le permet pas. Voici où cela en est.',
  'This is no longer to be decided here, or your role does not allow it. Here is how it stands.');
const notFilled = ({ say }: SignedInVisit): string => say('Rien n’a été fait : corrigez ce qui est marqué.', 'Nothing was done: correct what is marked.');
