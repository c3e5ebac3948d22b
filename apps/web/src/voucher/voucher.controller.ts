import { Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AllowOnly } from '#libs/auth';
import { html } from '../html.js';
import { publicPage } from '../layout.js';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { visitOf, type Visit } from '../visit.js';

/**
 * What the QR of a voucher leads to: `/v#CODE`. The code stays in the browser; the page is the same for every voucher and
 * complete without JavaScript.
 */
@Pages()
export class VoucherController {
  @Get('v')
  @AllowOnly('anyone')
  show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const visit = visitOf(request);
    sendPage(reply, visit, voucherPage(visit));
  }
}

const voucherPage = (visit: Visit) => {
  const { say } = visit;
  return publicPage(visit, say('Votre chèque', 'Your voucher'), html`
<h1>${say('Votre chèque', 'Your voucher')}</h1>
<div id="with-code" hidden>
<div class="voucher"><span>${say('Montrez ce code au lieu', 'Show this code to the place')}</span><b class="code" id="code"></b></div>
<p class="lead">${say('Le lieu le tape ou le lit, et vous dit aussitôt si le chèque est accepté.', 'The place types or reads it, and tells you at once whether the voucher is taken.')}</p>
</div>
<div id="wrong-code" class="notice no" role="alert" hidden>${say('Cette adresse ne contient pas un code entier. Relisez le carré imprimé, ou donnez le chèque au lieu.',
    'This address does not hold a whole code. Read the printed square again, or give the voucher to the place.')}</div>
<div id="without-code">
<p class="lead">${say('Donnez le chèque au lieu : il tape les 18 caractères imprimés sous le carré. Vous n’avez rien à faire ici.',
    'Give the voucher to the place: they type the 18 characters printed below the square. You need to do nothing here.')}</p>
<div class="voucher"><span>${say('Le code ressemble à ceci', 'The code looks like this')}</span><b class="code">XXXX-XXXX-XXXX-XXXX-XX</b></div>
</div>
<section class="section"><h2>${say('Bon à savoir', 'Good to know')}</h2>
<ul class="lines">
<li>${say('Le chèque ne porte pas votre nom, et nous ne le demandons pas.', 'The voucher does not bear your name, and we do not ask for it.')}</li>
<li>${say('Qui connaît le code peut utiliser le chèque : gardez-le comme un billet.', 'Who knows the code can use the voucher: keep it like a banknote.')}</li>
<li>${say('Cette page ne nous envoie pas votre code.', 'This page does not send us your code.')}</li>
</ul></section>`, { scripts: html`<script src="/assets/voucher.js" type="module"></script>` });
};
