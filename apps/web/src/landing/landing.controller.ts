import { Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AllowOnly } from '#libs/auth';
import { html } from '../html.js';
import { icon } from '../icons.js';
import { publicPage } from '../layout.js';
import { sendPage } from '../page-answer.js';
import { Pages } from '../page.decorator.js';
import { visitOf, type Visit } from '../visit.js';

@Pages()
export class LandingController {
  @Get('/')
  @AllowOnly('anyone')
  show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const visit = visitOf(request);
    sendPage(reply, visit, landingPage(visit));
  }
}

const landingPage = (visit: Visit) => {
  const { say } = visit;
  const steps = [
    [say('Financer', 'Fund'), say('Un financeur commande des chèques et vire la somme. Rien n’est actif avant que l’argent soit là.', 'A payer orders vouchers and transfers the sum. Nothing is active before the money is there.')],
    [say('Remettre', 'Hand over'), say('Un habitant reçoit un chèque, sans donner son nom.', 'A citizen receives a voucher without giving a name.')],
    [say('Encaisser', 'Redeem'), say('Un lieu lit le code. La réponse est oui ou non, tout de suite.', 'A place reads the code. The answer is yes or no, at once.')],
    [say('Rembourser', 'Reimburse'), say('Le lieu est viré, frais déduits et montrés. Deux personnes approuvent.', 'The place is paid, fees deducted and shown. Two people approve.')],
    [say('Prouver', 'Prove'), say('Un auditeur suit chaque centime, de la banque à la banque.', 'An auditor follows each cent, from bank to bank.')],
  ];
  return publicPage(visit, say('Des chèques de service, au centime', 'Service vouchers, to the cent'), html`
<h1>${say('Des chèques de service, suivis au centime', 'Service vouchers, followed to the cent')}</h1>
<p class="lead">${say('Méreau est le rail commun de ceux qui paient un service, de ceux qui l’utilisent et de ceux qui le rendent.',
    'Méreau is the common rail of those who pay for a service, those who use it and those who render it.')}</p>
<p class="section"><a class="button filled large" href="/v">${say('Vérifier un chèque', 'Check a voucher')}</a></p>
<p class="field"><a class="button large" href="/places">${say('Trouver un lieu', 'Find a place')}</a></p>
<p class="field"><a class="button large" href="/lost">${say('Chèque perdu ou volé', 'Voucher lost or stolen')}</a></p>
<section class="section"><h2>${say('Lire les comptes', 'Read the accounts')}</h2>
<ul class="lines"><li><span class="what"><b>${icon('money')} <a href="/coverage">${say('L’argent est-il là ?', 'Is the money there?')}</a></b>${
    say('Chaque jour, ce que la banque déclare face à tout ce qui est dû', 'Every day, what the bank states against everything owed')}</span></li>
<li><span class="what"><b>${icon('events')} <a href="/figures">${say('Les programmes et leurs chiffres', 'The programmes and their figures')}</a></b>${
    say('Ce que chaque programme a financé, et combien de temps les lieux ont attendu', 'What each programme paid for, and how long places waited')}</span></li>
<li><span class="what"><b>${icon('people')} <a href="/commons">${say('Le fonds commun', 'The commons fund')}</a></b>${
    say('Ce que les lieux mettent en commun, à qui cela va, et qui l’a décidé', 'What places pool, where it goes, and who decided it')}</span></li>
<li><span class="what"><b>${icon('done')} <a href="/checkpoints">${say('Rien n’a été réécrit', 'Nothing was rewritten')}</a></b>${
    say('Les points de contrôle signés du journal, et comment les vérifier', 'The signed checkpoints of the log, and how to check them')}</span></li></ul></section>
<section class="section"><h2>${say('Vous financez, remettez ou encaissez ?', 'Do you fund, hand over or redeem?')}</h2>
<p><a class="button" href="/sign-in">${say('Se connecter', 'Sign in')}</a></p></section>
<section class="section"><h2>${say('La vie d’un chèque', 'The life of a voucher')}</h2>
<ol class="lines">${steps.map(([name, sentence]) => html`<li><span class="what"><b>${name}</b>${sentence}</span></li>`)}</ol></section>`);
};
