import { Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AllowOnly } from '#libs/auth';
import { html, type Html } from '../html.js';
import { icon } from '../icons.js';
import { signedInPage } from '../layout.js';
import { groupsOf } from '../navigation.js';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { Sessions } from '../sessions.js';
import { visitOf, type SignedInVisit } from '../visit.js';

/** Everywhere that one can go: what does not fit at the bottom of a phone. */
@Pages()
export class MenuController {
  constructor(private readonly sessions: Sessions) {}

  @Get('menu')
  @AllowOnly('anyone')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = { ...visitOf(request), person: await this.sessions.person(request) };
    sendPage(reply, visit, menuPage(visit));
  }
}

function menuPage(visit: SignedInVisit): Html {
  const { say } = visit;
  const title = say('Toutes les pages', 'All pages');
  return signedInPage(visit, title, html`<h1>${title}</h1>${groupsOf(visit.person.organisation).map(({ name, entries }) => html`<section class="section">${
    name && html`<h2>${say(...name)}</h2>`}<ul class="lines">${entries.map((entry) => html`<li><a class="target" href="${entry.href}">${
    icon(entry.icon)}&nbsp;${say(entry.french, entry.english)}</a></li>`)}</ul></section>`)}`);
}
