import { Body, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AllowOnly } from '#libs/auth';
import { UNDO_REASONS } from '#libs/contracts';
import { parseForm } from '#libs/http';
import { amountText } from '../format.js';
import { html, type Html } from '../html.js';
import { loadCounter, placeHomePage } from '../home/place-home.js';
import { icon } from '../icons.js';
import { redeemRefusal } from './redeem-refusals.js';
import { sendTillPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { assertSameOrigin } from '../same-origin.js';
import { signedFields, signedOf } from '../till/signed-form.js';
import { isOutage, Services, type Read } from '../services.js';
import { Sessions } from '../sessions.js';
import { WebSettings } from '../settings.js';
import { visitOf, type SignedInVisit } from '../visit.js';

const UndoForm = z.strictObject({ key: z.uuid(), redemptionId: z.string().regex(/^red_[0-9a-f-]{36}$/), reason: z.enum(UNDO_REASONS), ...signedFields });
const undone = z.object({ amountCents: z.int(), with: z.array(z.object({ amountCents: z.int() })).default([]) });
type Undone = z.infer<typeof undone>;

const SENTENCES: Readonly<Record<string, readonly [french: string, english: string]>> = {
  redemption_not_found: ['Cet encaissement n’est pas de votre lieu.', 'This is no redemption of your place.'],
  redemption_undone: ['Cet encaissement est déjà annulé.', 'This redemption is undone already.'],
  undo_too_late: ['Le délai pour annuler est passé. La personne responsable du lieu, ou l’opérateur, le peut peut-être encore.', 'The time to undo it has passed. The manager of the place, or the operator, may still be able to.'],
  voucher_replaced: ['Ce chèque a été remplacé depuis : il ne se rend plus. Appelez l’opérateur.', 'This voucher was replaced since: nothing goes back to it. Call the operator.'],
};

@Pages()
export class UndoController {
  constructor(private readonly services: Services, private readonly sessions: Sessions, private readonly settings: WebSettings) {}

  @Post('undo')
  @HttpCode(200)
  @AllowOnly('anyone')
  async undo(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    assertSameOrigin(request, this.settings.baseUrl);
    const form = parseForm(UndoForm, body);
    const { key, redemptionId, reason } = form;
    const visit = { ...visitOf(request), path: '/home', person: await this.sessions.person(request) };
    const { bearer } = visit.person;
    const read = await this.services.post(`/redemption/redemptions/${redemptionId}/undo`, undone, bearer, { body: { reason }, key, ...signedOf(form) });
    sendTillPage(reply, visit, placeHomePage(visit, await loadCounter(this.services, bearer), { above: told(visit, read) }));
  }
}

function told({ say, language }: SignedInVisit, read: Read<Undone>): Html {
  if (read.ok) {
    const { amountCents, with: others } = read.value;
    const money = amountText(others.reduce((sum, other) => sum + other.amountCents, amountCents), language);
    if (others.length > 0) {
      const count = others.length + 1;
      return html`<div class="notice ok over" role="status">${icon('undo')}<p>${say(`Annulé : ${money} sont revenus sur les ${count} chèques de la même participation.`, `Undone: ${money} are back on the ${count} vouchers of the same participation.`)}</p></div>`;
    }
    return html`<div class="notice ok over" role="status">${icon('undo')}<p>${say(`Annulé : ${money} sont revenus sur le chèque.`, `Undone: ${money} are back on the voucher.`)}</p></div>`;
  }
  const sentence = isOutage(read)
    ? say('La réponse n’est pas venue : regardez la liste, puis réessayez.', 'The answer did not come: look at the list, then try again.')
    : SENTENCES[read.code] ? say(...SENTENCES[read.code]!) : redeemRefusal(read, { say, language });
  return html`<div class="notice ${isOutage(read) ? 'wait' : 'no'} over" role="alert">${icon(isOutage(read) ? 'clock' : 'refused')}<p>${sentence}</p></div>`;
}
