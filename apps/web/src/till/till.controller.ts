import { Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AllowOnly } from '#libs/auth';
import { redeemForm } from '../home/place-home.js';
import { html, type Html } from '../html.js';
import { publicPage } from '../layout.js';
import { sendTillPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { visitOf, type Visit } from '../visit.js';
import { offlineBar, queueSection, TILL_HEAD, TILL_SCRIPT, tillParts } from './till-parts.js';

/**
 * The page that an installed till opens, and the only one that a browser keeps: the same for everybody, so that nothing of a
 * place, a person or a service is on the device. Its script fills in the key and the day.
 */
@Pages()
export class TillController {
  @Get('till')
  @AllowOnly('anyone')
  show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const visit = visitOf(request);
    sendTillPage(reply, visit, tillPage(visit));
  }
}

function tillPage(visit: Visit): Html {
  const { say } = visit;
  return publicPage(visit, say('Encaisser', 'Redeem'), html`<div class="over-shell">${offlineBar(visit)}</div>
<h1>${say('Encaisser un chèque', 'Redeem a voucher')}</h1>
<p data-no-script>${say('Cette page demande JavaScript.', 'This page needs JavaScript.')} <a href="/home">${say('Encaisser sans', 'Redeem without it')}</a></p>
<div data-script hidden>${redeemForm(visit, { key: '', code: '', serviceDate: '', amount: '', service: '' })}</div>
${queueSection(visit)}
<p class="section"><a class="target" href="/home">${say('Aujourd’hui, remboursements, atelier', 'Today, reimbursements, workshop')}</a></p>${tillParts(visit)}`, { scripts: TILL_SCRIPT, head: TILL_HEAD });
}
