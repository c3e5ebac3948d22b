// Above every page of who looks as an organisation: as whom, until when, and the way out. A form, so that it needs no script.
import { clock, counted } from '../format.js';
import { html, type Html } from '../html.js';
import { icon } from '../icons.js';
import type { Visit } from '../visit.js';

const MINUTE_MS = 60_000;

/** `name`: of the organisation; left out on pages that show nothing of it. */
export function impersonationBanner({ say, language }: Visit, untilMs: number, name?: string): Html {
  const minutes = Math.max(1, Math.ceil((untilMs - Date.now()) / MINUTE_MS));
  const until = clock(new Date(untilMs).toISOString(), language);
  const left = counted(minutes, language, ['minute', 'minutes']);
  return html`<section class="impersonation" aria-label="${say('Consultation en cours', 'You look as an organisation')}">${icon('scan')}<p><b>${
    name === undefined ? say('Vous consultez l’espace d’une organisation.', 'You look as an organisation.') : say(`Vous voyez l’espace de ${name}.`, `You see the pages of ${name}.`)}</b> ${
    say(`Lecture seule, jusqu’à ${until} : encore ${left}. Ce que vous regardez est noté.`, `You may read only, until ${until}: ${left} left. What you look at is noted.`)}</p>
<form method="post" action="/impersonations/end"><button class="button">${say('Terminer', 'End it')}</button></form></section>`;
}
