// What is our work worth? Each service with its price and, beside it, what its territory asks, and what the place gave.
import { headline, missingPart, part, table } from '../components.js';
import { amount, amountText, count, day } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import { icon } from '../icons.js';
import { signedInPage } from '../layout.js';
import { serviceName } from '../service-choice.js';
import { status } from '../status.js';
import type { SignedInVisit } from '../visit.js';
import { fieldWords, newTariff, tariffForm, type TypedTariff } from './tariff-form.js';
import type { Comparison, Tariff, TariffsView } from './tariffs.data.js';

/** `wrong`: a field that cannot be read. `code`: of redemption. */
export type RefusedTariff = Readonly<{ typed: TypedTariff }> & (Readonly<{ wrong: string }> | Readonly<{ code: string }>);

export function tariffsPage(visit: SignedInVisit, { tariffs, comparison }: TariffsView, refused?: RefusedTariff): Html {
  const { say } = visit;
  const title = say('Prestations et tarifs', 'Services and tariffs');
  const isUnknown = !comparison.ok && comparison.code === 'place_not_registered';
  return signedInPage(visit, title, html`<h1>${title}</h1>
${isUnknown ? headline(say('Pas encore', 'Not yet'), say('Votre lieu n’est pas encore enregistré. Appelez l’opérateur.', 'Your place is not registered yet. Call the operator.'))
    : html`${comparison.ok ? compared(visit, comparison.value) : missingPart(say, title, comparison)}
<section class="section narrow"><h2>${say('Proposer un tarif', 'Propose a tariff')}</h2><p class="quiet">${say('Dites ce que coûte une séance. Un premier tarif et une baisse comptent dès leur jour ; une hausse peut attendre l’opérateur.',
      'Say what a session costs. A first tariff and a lower one count from their day; a higher one may wait for the operator.')}</p>
${tariffForm(visit, refused?.typed ?? newTariff(), refused && refusedNotice(visit, refused))}</section>
<section class="section"><h2>${say('Versions, de la plus récente', 'Versions, newest first')}</h2>${part(tariffs, say, say('Tarifs', 'Tariffs'), (found) => versions(visit, found))}</section>`}`);
}

const SENTENCES: Readonly<Record<string, readonly [french: string, english: string]>> = {
  tariff_in_past: ['Un tarif ne commence pas dans le passé. Choisissez aujourd’hui ou plus tard.', 'A tariff does not begin in the past. Choose today or later.'],
  tariff_without_price: ['La somme des coûts est nulle : dites au moins un coût.', 'The costs come to nothing: give at least one cost.'],
  place_not_registered: ['Votre lieu n’est pas encore enregistré. Appelez l’opérateur.', 'Your place is not registered yet. Call the operator.'],
  request_malformed: ['Un coût est trop grand, ou la date n’existe pas.', 'A cost is too large, or the day does not exist.'],
  role_missing: ['Votre rôle ne le permet pas.', 'Your role does not allow it.'],
  unavailable: ['Le service n’a pas répondu. Réessayez : le tarif ne sera pas proposé deux fois.', 'The service did not answer. Try again: the tariff will not be proposed twice.'],
};

function refusedNotice(visit: SignedInVisit, refused: RefusedTariff): Piece {
  const { say } = visit;
  const sentence = 'wrong' in refused ? say(`« ${fieldWords(visit)[refused.wrong]} » ne se lit pas.`, `“${fieldWords(visit)[refused.wrong]}” cannot be read.`)
    : say(...SENTENCES[refused.code] ?? [`Refusé : ${refused.code}.`, `Refused: ${refused.code}.`]);
  return html`<div class="notice no" role="alert">${icon('refused')}<p>${sentence}</p></div>`;
}

function compared(visit: SignedInVisit, { services, since, departement, groupMin, unknownCount }: Comparison): Html {
  const { say, language } = visit;
  const asked = services.reduce((sum, { own }) => sum + own.askedCents, 0);
  const given = services.reduce((sum, { own }) => sum + own.givenCents, 0);
  const where = departement === null ? say('du territoire', 'of the territory') : say(`du département ${departement}`, `of département ${departement}`);
  const unknown = html`<span class="quiet">${say('Inconnu', 'Unknown')}</span>`;
  if (services.length === 0) return headline(say('Aucun tarif', 'No tariff'), say('Proposez un tarif : vous verrez ce que valent vos séances, à côté de celles du territoire.', 'Propose a tariff: you will see what your sessions are worth, beside those of the territory.'));
  return html`${asked === 0 ? headline(say('Inconnu', 'Unknown'), say('Rien n’est encore encaissé à un tarif connu.', 'Nothing was redeemed at a known tariff yet.'))
    : headline(amount(given, language), say(`donnés par votre lieu depuis le ${day(since, language)} : la part de ${amountText(asked, language)} de services que ni un chèque ni une personne n’a payée.`,
      `given by your place since ${day(since, language)}: what of ${amountText(asked, language)} of services neither a voucher nor a person paid.`))}
<section class="section"><h2>${say('Vos tarifs à côté de ceux', 'Your tariffs beside those')} ${where}</h2>${table(say('Tarifs comparés', 'Tariffs compared'), [
    { head: say('Service', 'Service'), cell: ({ service }: Comparison['services'][number]) => serviceName(service, visit) },
    { head: say('Votre tarif', 'Your tariff'), number: true, cell: ({ tariffCents }) => (tariffCents === null ? unknown : amount(tariffCents, language)) },
    { head: say('Médiane', 'Median'), number: true, cell: ({ territory }) => (territory ? amount(territory.medianCents, language) : unknown) },
    {
      head: say('La moitié entre', 'Half between'), number: true, cell: ({ territory }) => (territory
        ? html`${amountText(territory.firstQuartileCents, language)} – ${amountText(territory.thirdQuartileCents, language)}<br><small>${say('sur', 'of')} ${count(territory.count, language)}</small>` : unknown),
    },
    { head: say('Encaissés', 'Redeemed'), number: true, cell: ({ own }) => count(own.count, language) },
    { head: say('Payé', 'Paid'), number: true, cell: ({ own }) => (own.count === 0 ? unknown : amount(own.paidCents, language)) },
    { head: say('Donné', 'Given'), number: true, cell: ({ own }) => (own.count === 0 ? unknown : amount(own.givenCents, language)) },
  ], services)}
<p class="quiet field">${say(`Le territoire, ce sont les autres lieux, par des encaissements réels depuis le ${day(since, language)}. Sous ${groupMin} encaissements, rien n’est dit.`,
    `The territory is the other places, by real redemptions since ${day(since, language)}. Below ${groupMin} redemptions nothing is said.`)} ${
    departement === null && say('Personne ne sait où est votre lieu : voyez sa fiche.', 'Nobody knows where your place is: see its sheet.')} ${
    unknownCount > 0 && say(`${count(unknownCount, language)} de vos encaissements n’avaient pas de tarif ou de service : leur valeur est inconnue.`, `${count(unknownCount, language)} of your redemptions had no tariff or service: their worth is unknown.`)}</p></section>`;
}

function versions(visit: SignedInVisit, tariffs: readonly Tariff[]): Html {
  const { say, language } = visit;
  if (tariffs.length === 0) return html`<p class="empty">${say('Aucun tarif encore.', 'No tariff yet.')}</p>`;
  return table(say('Versions', 'Versions'), [
    { head: say('Service', 'Service'), cell: ({ service, tariffVersion }: Tariff) => html`${serviceName(service, visit)} <small>n° ${tariffVersion}</small>` },
    { head: say('État', 'State'), cell: ({ state }) => status(state, say) },
    { head: say('À partir du', 'From'), cell: ({ from }) => day(from, language) },
    { head: say('De quoi il est fait', 'What it is made of'), cell: ({ components }) => composition(visit, components) },
    { head: say('Prix', 'Price'), number: true, cell: ({ priceCents }) => amount(priceCents, language) },
  ], tariffs);
}

function composition({ say, language }: SignedInVisit, parts: Tariff['components']): string {
  const { preparationCents, renderingMinutes, hourlyCostCents, premisesCents, travelCents, otherCents, otherName, groupSize } = parts;
  const costs = ([
    [say('préparation', 'preparation'), preparationCents], [say('salle', 'room'), premisesCents], [say('déplacement', 'travel'), travelCents], [otherName ?? '', otherCents],
  ] as const).flatMap(([name, cents]) => (cents > 0 ? [`${name} ${amountText(cents, language)}`] : []));
  const hours = renderingMinutes > 0 && hourlyCostCents > 0 ? [say(`${renderingMinutes} min à ${amountText(hourlyCostCents, language)} l’heure`, `${renderingMinutes} min at ${amountText(hourlyCostCents, language)} an hour`)] : [];
  return `${[...hours, ...costs].join(', ')}${groupSize > 1 ? say(`, pour ${groupSize} personnes`, `, for ${groupSize} people`) : ''}`;
}
