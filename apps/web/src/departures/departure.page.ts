// Before a place leaves: from which day, what still goes on, what is owed and what is not. And after it: the receipt.
import { uuidv7 } from 'uuidv7';
import { headline, section, table } from '../components.js';
import { amount, day, longDay, moment } from '../format.js';
import { html, type Html } from '../html.js';
import { icon } from '../icons.js';
import { signedInPage } from '../layout.js';
import { codeOrPasskey } from '../second-factor/second-factor.page.js';
import type { SignedInVisit } from '../visit.js';
import { departureRefusal } from './departure-refusals.js';
import { eveningBefore, type Departure, type DepartureCharge, type Preview, type Wanted } from './departures.data.js';
import { departurePill } from './departures.section.js';

export type Typed = Wanted & Readonly<{ key: string; reason: string }>;

const refusal = ({ say }: SignedInVisit, code: string | undefined): Html => html`${code !== undefined && html`<div class="notice no" role="alert">${icon('refused')}<p>${departureRefusal(code, say)}${
  code === 'second_factor_missing' && html` <a href="/second-factor">${say('Activer', 'Switch it on')}</a>`}</p></div>`}`;
const back = ({ say }: SignedInVisit): Html => html`<p class="small"><a href="/accreditation">${say('Agrément', 'Accreditation')}</a></p>`;

export function previewPage(visit: SignedInVisit, typed: Typed, { place, today, charges }: Preview, refused?: string): Html {
  const { say, language } = visit;
  const { programmeId, from, key, reason } = typed;
  const known = place.ok ? place.value.accreditations.find((one) => one.programmeId === programmeId) : undefined;
  const name = programmeId === '' ? say('tous les programmes', 'every programme') : known?.programmeName ?? programmeId;
  const title = say('Quitter un programme', 'Leave a programme');
  return signedInPage(visit, title, html`${back(visit)}<h1>${title}</h1>${refusal(visit, refused)}
${headline(longDay(from, language), say(`est le premier jour où votre lieu ne participe plus : ${name}. Rien n’est encore fait.`, `is the first day on which your place takes part no longer: ${name}. Nothing is done yet.`))}
<section class="section"><h2>${say('Ce qui se passe', 'What happens')}</h2><ul>${consequences(visit, from, today).map((one) => html`<li>${one}</li>`)}</ul></section>
${section(charges, say, say('Frais annuels', 'Yearly charges'), (found) => chargesPart(visit, found))}
<form method="post" action="/accreditation/departures" class="narrow section"><input type="hidden" name="key" value="${key}"><input type="hidden" name="programmeId" value="${programmeId}"><input type="hidden" name="from" value="${from}">
<div class="field"><label for="reason">${say('Pourquoi (facultatif)', 'Why (optional)')}</label><textarea class="prose" id="reason" name="reason" rows="3" maxlength="1000">${reason}</textarea>
<p class="hint">${say('L’opérateur le lit. Personne n’a à être d’accord.', 'The operator reads it. Nobody has to agree.')}</p></div>
${codeOrPasskey(say)}
<p class="field"><button class="button filled large">${say(`Quitter à partir du ${day(from, language)}`, `Leave from ${day(from, language)} on`)}</button></p></form>
<p class="field"><a class="target" href="/accreditation">${say('Ne pas quitter', 'Do not leave')}</a></p>`);
}

function consequences({ say, language }: SignedInVisit, from: string, today: string): readonly string[] {
  const evening = day(eveningBefore(from), language);
  const isLater = from > today;
  return [
    isLater ? say(`Jusqu’au ${evening} au soir, votre lieu prend les chèques comme aujourd’hui.`, `Until the evening of ${evening}, your place takes vouchers as it does today.`)
      : say('Dès maintenant, votre lieu ne prend plus de chèques pour les services d’aujourd’hui. Ce qui est déjà encaissé le reste.', 'From now on your place takes no vouchers for services of today. What was redeemed already stays so.'),
    say(`Les services rendus jusqu’au ${evening} s’encaissent encore pendant 30 jours.`, `Services rendered until ${evening} can be redeemed for 30 days more.`),
    say('Ce que vous avez encaissé est relevé et payé comme d’habitude, aux règles d’avant. Rien n’est retenu pour un départ.', 'What you redeemed is stated and paid as usual, by the rules of before. Nothing is held back for a departure.'),
    say('Partir est gratuit : rien n’est demandé pour cela.', 'Leaving is free: nothing is charged for it.'),
    say('Ce que vous devez déjà (factures, avances reçues, notes de débit) reste dû.', 'What you owe already (invoices, early payments, debit notes) stays owed.'),
    say('À partir de ce jour, l’annuaire et les lettres ne proposent plus votre lieu pour ce programme.', 'From that day on, the directory and letters offer your place for it no longer.'),
    isLater ? say(`Vous pouvez revenir sur ce départ jusqu’au ${evening} au soir. Après, il faut une nouvelle demande d’agrément.`, `You can take the departure back until the evening of ${evening}. After that, it takes a new application for accreditation.`)
      : say('Ce départ ne se reprend pas : pour revenir, il faut une nouvelle demande d’agrément.', 'This departure cannot be taken back: to return, it takes a new application for accreditation.'),
  ];
}

const STANDINGS: Readonly<Record<DepartureCharge['standing'], readonly [french: string, english: string]>> = {
  charged: ['Déjà facturés : ils restent dus', 'Charged already: it stays owed'],
  owed: ['Dus : votre lieu participe encore ce jour-là, ou ne l’a pas dit la veille', 'Owed: your place still takes part on that day, or did not say so on the evening before'],
  owed_elsewhere: ['Dus : un autre programme, ou un autre lieu de votre organisme, participe ce jour-là', 'Owed: another programme, or another place of your body, takes part on that day'],
  not_owed: ['Pas dus : votre lieu est parti avant', 'Not owed: your place is gone by then'],
};

function chargesPart({ say, language }: SignedInVisit, charges: readonly DepartureCharge[]): Html {
  if (charges.length === 0) return html`<p class="empty">${say('Aucuns frais annuels ne sont dus ni annoncés.', 'No yearly charge is owed or announced.')}</p>`;
  return table(say('Frais annuels', 'Yearly charges'), [
    { head: say('Le', 'On'), cell: ({ chargedOn }: DepartureCharge) => day(chargedOn, language) },
    { head: say('TTC', 'With VAT'), number: true, cell: ({ amountCents, vatCents }) => amount(amountCents + vatCents, language) },
    { head: say('Si vous partez ainsi', 'If you leave like this'), cell: ({ standing }) => say(...STANDINGS[standing]) },
  ], charges);
}

export function departurePage(visit: SignedInVisit, departure: Departure, today: string, refused?: string): Html {
  const { say, language } = visit;
  const { departureId, programmeName, programmeId, from, reason, statedAt, end, until } = departure;
  const title = say('Départ', 'Departure');
  const name = programmeName ?? programmeId;
  const mayReturn = end === null && from > today;
  const sentence = end?.how === 'taken_back' ? say(`Votre lieu reste dans « ${name} » : ce départ est repris.`, `Your place stays in "${name}": this departure is taken back.`)
    : end ? say(`Votre lieu est revenu dans « ${name} » le ${day(until, language)}.`, `Your place is back in "${name}" since ${day(until, language)}.`)
      : mayReturn ? say(`est le premier jour où votre lieu ne participe plus à « ${name} ». D’ici là, rien ne change.`, `is the first day on which your place takes part in "${name}" no longer. Until then nothing changes.`)
        : say(`Depuis ce jour, votre lieu ne participe plus à « ${name} ». Pour revenir, déposez une demande d’agrément.`, `Since that day your place takes part in "${name}" no longer. To return, submit an application for accreditation.`);
  return signedInPage(visit, title, html`${back(visit)}<h1>${title} ${departurePill(departure, today, visit)}</h1>${refusal(visit, refused)}${headline(longDay(from, language), sentence)}
<section class="section"><h2>${say('Ce qui s’est passé, du plus ancien', 'What happened, oldest first')}</h2><ol class="timeline"><li><b>${say('Dit par votre lieu', 'Said by your place')}</b><span class="quiet">${moment(statedAt, language)}${reason !== null && html` – ${reason}`}</span></li>${
    end && html`<li><b>${end.how === 'taken_back' ? say('Repris par votre lieu', 'Taken back by your place') : say('Agréé de nouveau, à votre demande', 'Accredited again, as you applied')}</b><span class="quiet">${moment(end.at, language)}</span></li>`}</ol></section>
${end === null && html`<section class="section"><h2>${say('Ce qui se passe', 'What happens')}</h2><ul>${consequences(visit, from, today).slice(1, -1).map((one) => html`<li>${one}</li>`)}</ul></section>`}
${mayReturn && html`<form method="post" action="/accreditation/departures/${departureId}/taking-back" class="narrow section"><h2>${say('Revenir sur ce départ', 'Take this departure back')}</h2><input type="hidden" name="key" value="${uuidv7()}">
<p>${say(`Jusqu’au ${day(eveningBefore(from), language)} au soir. Ensuite tout continue, comme si rien n’avait été dit.`, `Until the evening of ${day(eveningBefore(from), language)}. Then all goes on, as if nothing had been said.`)}</p>
${codeOrPasskey(say)}<p class="field"><button class="button filled large">${say('Rester dans ce programme', 'Stay in this programme')}</button></p></form>`}`);
}
