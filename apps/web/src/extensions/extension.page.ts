// Later dates that were proposed for an order, who has agreed, and the agreement of the payer who looks.
import { headline } from '../components.js';
import type { DecisionForm, DecisionPage } from '../decisions/decision-page.js';
import { oneOf } from '../decisions/one-of.js';
import { facts, timeline } from '../decisions/timeline.js';
import { amount, day } from '../format.js';
import { html, type Html } from '../html.js';
import { wordOf } from '../operator/words.js';
import type { SignedInVisit } from '../visit.js';
import { extension, EXTENSION_STATES, type Extension } from './extensions.list.js';

export const extensionPage: DecisionPage<Extension> = {
  route: 'extensions/:id', prefix: 'ext', load: (ask, id) => oneOf(ask, `/issuance/extensions?limit=1&extensionId=${id}`, extension),
  back: ({ say }) => ({ href: '/extensions', word: say('Dates plus tardives', 'Later dates') }),
  title: ({ programmeName, reference }) => `${programmeName} ${reference}`,
  show, forms,
};

function show({ orderId, amountCents, now, asked, payers, state, proposedAt }: Extension, visit: SignedInVisit): Html {
  const { say, language } = visit;
  return html`${headline(day(asked.usableUntil, language), say(`est proposé comme dernier jour d’utilisation, au lieu du ${day(now.usableUntil, language)}.`, `is proposed as the last day of use, instead of ${day(now.usableUntil, language)}.`))}
<section class="section">${facts([
    [say('État', 'State'), wordOf(EXTENSION_STATES, state, say)],
    [say('Commande', 'Order'), html`<a href="/orders/${orderId}">${amount(amountCents, language)}</a>`],
    [say('Utilisables jusqu’au', 'Usable until'), html`${day(now.usableUntil, language)} → ${day(asked.usableUntil, language)}`],
    [say('Les lieux demandent leur argent jusqu’au', 'Places claim until'), html`${day(now.claimableUntil, language)} → ${day(asked.claimableUntil, language)}`],
  ])}</section>
${timeline(visit, [
    { what: say('Proposé par l’opérateur', 'Proposed by the operator'), at: proposedAt },
    ...payers.map(({ name, agreedAt }) => (agreedAt === null ? state === 'to_agree' && { what: say(`${name} répond`, `${name} answers`), isToCome: true as const } : { what: say(`Accord de ${name}`, `${name} agreed`), at: agreedAt })),
  ])}`;
}

function forms({ extensionId, state, payers, now }: Extension, visit: SignedInVisit): readonly DecisionForm[] {
  const { say, language, person: { organisation } } = visit;
  const isAsked = payers.some(({ payerId, agreedAt }) => payerId === organisation.partyId && agreedAt === null);
  if (state !== 'to_agree' || !isAsked) return [];
  return [{
    step: 'agree', title: say('Donner votre accord', 'Agree'), filled: true, roles: ['payer'],
    says: say(`Avec l’accord du dernier financeur, les chèques valent jusqu’aux nouvelles dates. Sans accord de tous avant le ${day(now.usableUntil, language)}, rien ne change.`,
      `With the last payer's agreement the vouchers are good until the later dates. Unless all agree by ${day(now.usableUntil, language)}, nothing changes.`),
    fields: [], button: say('Accepter ces dates', 'Agree to these dates'), send: () => ({ path: `/issuance/extensions/${extensionId}/agreements`, body: {} }),
  }];
}
