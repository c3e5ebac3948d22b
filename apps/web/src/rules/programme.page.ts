// Which rule of a programme holds when: of its vouchers, of the fees of places and payers, of closings; and what may be published next.
import { headline, section, table } from '../components.js';
import type { DecisionPage } from '../decisions/decision-page.js';
import { amount, amountText, day } from '../format.js';
import { html, type Html } from '../html.js';
import { FREQUENCIES, wordOf } from '../operator/words.js';
import { serviceName } from '../service-choice.js';
import { status } from '../status.js';
import type { SignedInVisit } from '../visit.js';
import { inForce, loadProgramme, type Closing, type PayerFee, type PlaceFee, type ProgrammeView } from './programme.data.js';
import { programmeForms } from './programme.forms.js';
import type { Programme } from './programmes.list.js';
import { VAT_REGIMES } from './rule-words.js';

export const programmePage: DecisionPage<ProgrammeView> = {
  route: 'programmes/:id', prefix: 'prg', load: loadProgramme, back: ({ say }) => ({ href: '/programmes', word: say('Programmes et règles', 'Programmes and rules') }),
  title: ({ rules }) => inForce(rules)?.name ?? '–', show, forms: programmeForms,
};

/** `2,5 %` of whole basis points. */
export const percent = (basisPoints: number, { language }: Pick<SignedInVisit, 'language'>): string =>
  new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-IE', { style: 'percent', maximumFractionDigits: 2 }).format(basisPoints / 10_000).replaceAll('\u202F', '\u00A0');

function show({ rules, fees, closings, payerFees, usualFees }: ProgrammeView, visit: SignedInVisit): Html {
  const { say, language } = visit;
  const now = inForce(rules);
  const faces = ({ faceCentsMin, faceCentsMax, faceCents }: Programme) => (faceCentsMin === faceCentsMax ? amountText(faceCents, language) : `${amountText(faceCentsMin, language)} – ${amountText(faceCentsMax, language)}`);
  return html`${now && headline(amount(now.faceCents, language), say(`la valeur d’un chèque, utilisable jusqu’au ${day(now.usableUntil, language)}.`, `the value of a voucher, usable until ${day(now.usableUntil, language)}.`))}
<section class="section"><h2>${say('Règles, la dernière version d’abord', 'Rules, the latest version first')}</h2>${table(say('Règles', 'Rules'), [
    { head: say('Version', 'Version'), cell: ({ ruleVersion, state }: Programme) => html`v${ruleVersion} ${status(state, say)}` }, { head: say('À partir du', 'From'), cell: ({ effectiveFrom }) => day(effectiveFrom.slice(0, 10), language) },
    { head: say('Valeur', 'Value'), number: true, cell: faces }, { head: say('Utilisable jusqu’au', 'Usable until'), cell: ({ usableUntil }) => day(usableUntil, language) },
    { head: say('Encaissable jusqu’au', 'Claimable until'), cell: ({ claimableUntil }) => day(claimableUntil, language) },
    { head: say('Services', 'Services'), cell: ({ services }) => (services.length === 0 ? say('tous', 'all') : services.map((one) => serviceName(one, visit)).join(', ')) },
  ], rules)}</section>
${section(fees, say, say('Frais des lieux : qui reçoit quoi', 'Fees of places: who gets what'), (found) => (found.length === 0 ? html`<p class="empty">${say('Aucun barème : le lieu reçoit tout.', 'No fee rule: the place gets all.')}</p>` : table(say('Frais des lieux', 'Fees of places'), [
    { head: say('Version', 'Version'), cell: ({ version }: PlaceFee) => `v${version}` }, { head: say('À partir du', 'From'), cell: ({ from }) => day(from, language) },
    { head: say('Opérateur', 'Operator'), number: true, cell: ({ feeBasisPoints }) => percent(feeBasisPoints, visit) }, { head: say('TVA sur ces frais', 'VAT on the fee'), number: true, cell: ({ vatBasisPoints }) => percent(vatBasisPoints, visit) },
    { head: say('Fonds commun', 'Commons'), number: true, cell: ({ commonsBasisPoints }) => percent(commonsBasisPoints, visit) },
    { head: say('Plafond promis', 'Cap promised'), number: true, cell: ({ promisedCapBasisPoints }) => (promisedCapBasisPoints === null ? say('aucun', 'none') : percent(promisedCapBasisPoints, visit)) },
  ], found)))}
${section(payerFees, say, say('Frais des financeurs', 'What payers are charged'), (own) => payerFeePart(visit, own, usualFees.ok ? usualFees.value : []))}
${section(closings, say, say('Arrêtés', 'Closings'), (found) => (found.length === 0 ? html`<p class="empty">${say('Sur demande.', 'On request.')}</p>` : table(say('Arrêtés', 'Closings'), [
    { head: say('Version', 'Version'), cell: ({ version }: Closing) => `v${version}` }, { head: say('À partir du', 'From'), cell: ({ from }) => day(from, language) },
    { head: say('Rythme', 'How often'), cell: ({ frequency }) => wordOf(FREQUENCIES, frequency, say) }, { head: say('À partir de', 'From which sum'), number: true, cell: ({ minimumCents }) => amount(minimumCents, language) },
  ], found)))}`;
}

/** Where a programme has no rule of its own, the usual one is its rule. */
function payerFeePart(visit: SignedInVisit, own: readonly PayerFee[], usual: readonly PayerFee[]): Html {
  const { say, language } = visit;
  const found = own.length > 0 ? own : usual;
  if (found.length === 0) return html`<p class="empty">${say('Aucune règle : les financeurs ne paient que la valeur des chèques.', 'No rule: payers pay the value of the vouchers alone.')}</p>`;
  return html`${own.length === 0 && html`<p class="quiet">${say('La règle de tous les programmes sans règle à eux.', 'The rule of all programmes without a rule of their own.')}</p>`}${table(say('Frais des financeurs', 'What payers are charged'), [
    { head: say('Version', 'Version'), cell: ({ version }: PayerFee) => `v${version}` }, { head: say('À partir du', 'From'), cell: ({ from }) => day(from, language) },
    { head: say('Frais', 'Fee'), number: true, cell: ({ feeBasisPoints }) => percent(feeBasisPoints, visit) }, { head: say('TVA sur ces frais', 'VAT on the fee'), number: true, cell: ({ vatBasisPoints }) => percent(vatBasisPoints, visit) },
    { head: say('Les chèques, pour la TVA', 'The vouchers, for VAT'), cell: ({ vatRegime }) => wordOf(VAT_REGIMES, vatRegime, say) },
    { head: say('Au plus, par commande', 'At most, of an order'), number: true, cell: ({ orderMaxCents }) => (orderMaxCents === null ? '–' : amount(orderMaxCents, language)) },
  ], found)}`;
}
