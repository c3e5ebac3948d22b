// What a page does when it cannot be made: asks to sign in, says which part is away, or shows the problem.
import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerProblem } from '#libs/http';
import { html } from './html.js';
import { publicPage } from './layout.js';
import { securePage, seeOther, sendPage } from './page-answer.js';
import { NotSignedIn } from './services.js';
import { IdentityAway, NoOrganisation, ReadsOnly, SecondFactorAsked, Sessions } from './sessions.js';
import { WebSettings } from './settings.js';
import { visitOf } from './visit.js';

@Catch()
export class PageFilter implements ExceptionFilter {
  constructor(private readonly settings: WebSettings, private readonly sessions: Sessions) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    securePage(reply, this.settings.baseUrl);
    const visit = visitOf(request);
    const { say } = visit;
    // A token that a service refused may only be older than a change of rights: the next page asks for another.
    if (error instanceof NotSignedIn) this.sessions.forget(request.headers.cookie);
    if (error instanceof SecondFactorAsked) return seeOther(reply, '/second-factor');
    if (error instanceof NotSignedIn) return seeOther(reply, request.method === 'GET' ? `/sign-in?next=${encodeURIComponent(visit.path)}` : '/sign-in');
    if (error instanceof NoOrganisation) {
      const title = say('Aucune organisation', 'No organisation');
      return sendPage(reply, visit, publicPage(visit, title, html`<h1>${title}</h1>
<p class="lead">${say('Votre compte n’appartient à aucune organisation. Demandez à votre opérateur de vous y ajouter.',
    'Your account belongs to no organisation. Ask your operator to add you.')}</p>
<form method="post" action="/sign-out"><button class="button">${say('Se déconnecter', 'Sign out')}</button></form>`), 403);
    }
    if (error instanceof ReadsOnly) {
      const title = say('Lecture seule', 'You may read only');
      return sendPage(reply, visit, publicPage(visit, title, html`<h1>${title}</h1>
<p class="lead">${say('Vous voyez l’espace d’une organisation : rien ne peut y être changé, et rien ne l’a été. Une personne de cette organisation peut le faire.',
    'You look as an organisation: nothing can be changed there, and nothing was. One of its people can do this.')}</p>
<p class="field"><a class="button" href="/home">${say('Revenir à l’accueil', 'Back to the home page')}</a></p>`), 403);
    }
    if (error instanceof IdentityAway) {
      const title = say('Service momentanément indisponible', 'Service away for a moment');
      void reply.header('retry-after', '5');
      return sendPage(reply, visit, publicPage(visit, title, html`<h1>${title}</h1>
<p class="lead">${say('Nous ne pouvons pas vérifier votre connexion. Rien n’a été fait. Réessayez dans un moment.',
    'We cannot check your sign-in. Nothing was done. Try again in a moment.')}</p>`), 503);
    }
    answerProblem(error, request, reply, this.settings.log);
  }
}
