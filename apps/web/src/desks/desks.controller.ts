import { Body, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { parseForm } from '#libs/http';
import { part } from '../components.js';
import { html, type Html, type Piece } from '../html.js';
import { signedInPage } from '../layout.js';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import type { Problem, Read } from '../services.js';
import { Acts, typed } from '../stock/acts.js';
import { refusedNotice } from '../stock/distribution-refusals.js';
import { loadDesks, type Desk } from '../stock/stock.data.js';
import type { SignedInVisit } from '../visit.js';

const DeskForm = z.strictObject({ key: z.uuid(), name: typed });
const HERE = '/desks';

/** The desks of a distributor that hold stock of their own. */
@Pages()
export class DesksController {
  constructor(private readonly acts: Acts) {}

  @Get('desks')
  @AllowOnly('anyone')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.page(await this.acts.visit(request, HERE), reply);
  }

  @Post('desks')
  @HttpCode(303)
  @AllowOnly('anyone')
  async register(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = await this.acts.formVisit(request, HERE);
    const { key, name } = parseForm(DeskForm, body);
    await this.acts.act(visit, reply, {
      path: '/issuance/agents', body: { name }, key, then: HERE, refused: (problem) => this.page(visit, reply, problem, name),
    });
  }

  private async page(visit: SignedInVisit, reply: FastifyReply, problem?: Problem, name = ''): Promise<void> {
    const desks = await loadDesks(this.acts.services, visit.person.bearer);
    sendPage(reply, visit, desksPage(visit, desks, name, problem && refusedNotice(visit, problem)), problem?.status ?? 200);
  }
}

function desksPage(visit: SignedInVisit, desks: Read<readonly Desk[]>, name: string, above: Piece): Html {
  const { say } = visit;
  const title = say('Guichets', 'Desks');
  return signedInPage(visit, title, html`<div class="narrow"><h1>${title}</h1>${above}${part(desks, say, title, (found) => (found.length === 0
    ? html`<p class="empty">${say('Aucun guichet : tout votre stock est commun.', 'No desk: all your stock is common.')}</p>`
    : html`<ul class="lines">${found.map((desk) => html`<li><span class="what"><b>${desk.name}</b></span></li>`)}</ul>
<p><a href="/send-stock">${say('Envoyer des carnets à un guichet', 'Send booklets to a desk')}</a></p>`))}
<section class="section"><h2>${say('Ajouter un guichet', 'Add a desk')}</h2><form method="post" action="/desks"><input type="hidden" name="key" value="${uuidv7()}">
<div class="field"><label for="name">${say('Nom du guichet', 'Name of the desk')}</label><input id="name" name="name" required maxlength="80" value="${name}" aria-describedby="name-hint"><p class="hint" id="name-hint">${
    say('D’un lieu, comme « Accueil Vaise » ; jamais d’une personne.', 'Of a place, like "Vaise front desk"; never of a person.')}</p></div>
<p class="field"><button class="button filled">${say('Ajouter ce guichet', 'Add this desk')}</button></p></form></section></div>`);
}
