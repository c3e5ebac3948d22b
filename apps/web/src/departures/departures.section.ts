// On the page of the accreditation: what the place said of leaving, and where it says so.
import { html, type Html } from '../html.js';
import { day } from '../format.js';
import { pill } from '../status.js';
import type { OwnPlace } from '../place-sheet/own-place.data.js';
import type { SignedInVisit } from '../visit.js';
import { stayingIn, todayAt, yearFrom, type Departure } from './departures.data.js';

export function departurePill({ from, end }: Departure, today: string, { say }: Pick<SignedInVisit, 'say'>): Html {
  if (end) return end.how === 'taken_back' ? pill('mute', say('Repris', 'Taken back')) : pill('ok', say('Revenu', 'Back'));
  return from > today ? pill('wait', say('Annoncé', 'Announced')) : pill('mute', say('Parti', 'Left'));
}

export function departuresPart(visit: SignedInVisit, departures: readonly Departure[], place: OwnPlace): Html {
  const { say, language } = visit;
  const today = todayAt(place);
  const staying = stayingIn(place, today);
  return html`${departures.length > 0 && html`<ul class="lines">${departures.map((one) => html`<li><span class="what grow"><b><a href="/accreditation/departures/${one.departureId}">${
    one.programmeName ?? one.programmeId}</a></b>${say('À partir du', 'From')} ${day(one.from, language)}</span>${departurePill(one, today, visit)}</li>`)}</ul>`}
${staying.length === 0 ? departures.length === 0 && html`<p class="empty">${say('Votre lieu ne participe à aucun programme.', 'Your place takes part in no programme.')}</p>` : html`<p>${say('Votre lieu peut quitter un programme par lui-même, sans frais, quand il le veut. Rien n’est fait avant que vous ayez lu ce qui se passe.',
    'Your place can leave a programme by itself, free of charge, whenever it wishes. Nothing is done before you have read what happens.')}</p>
<form method="get" action="/accreditation/departures/new" class="narrow">
<div class="field"><label for="leaving">${say('Programme à quitter', 'Programme to leave')}</label><select id="leaving" name="programmeId">${
    staying.map(({ programmeId, programmeName }) => html`<option value="${programmeId}">${programmeName ?? programmeId}</option>`)}${
    staying.length > 1 && html`<option value="">${say('Tous les programmes', 'Every programme')}</option>`}</select></div>
<div class="field"><label for="leaving-from">${say('Premier jour sans chèques', 'First day without vouchers')}</label><input type="date" id="leaving-from" name="from" required min="${today}" max="${yearFrom(today)}">
<p class="hint">${say('Aujourd’hui ou plus tard, au plus dans un an.', 'Today or later, within a year.')}</p></div>
<p class="field"><button class="button">${say('Voir ce qui se passe', 'See what happens')}</button></p></form>`}`;
}
