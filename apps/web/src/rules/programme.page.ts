// Which rule of a programme holds when: of its vouchers, of the fees of places, of their closings; and what becomes of a redemption.
import { z } from 'zod';
import { headline, section, table } from '../components.js';
import type { Ask, DecisionPage } from '../decisions/decision-page.js';
import { allOf } from '../decisions/one-of.js';
import { amount, amountText, day } from '../format.js';
import { html, type Html } from '../html.js';
import { FREQUENCIES, wordOf } from '../operator/words.js';
import { serviceName } from '../service-choice.js';
import type { Read } from '../services.js';
import { status } from '../status.js';
import type { SignedInVisit } from '../visit.js';
import { programme, type Programme } from './programmes.list.js';

const fee = z.object({ version: z.int(), from: z.string(), feeBasisPoints: z.int(), vatBasisPoints: z.int(), commonsBasisPoints: z.int(),
  promisedCapBasisPoints: z.int().nullable() });
const closing = z.object({ version: z.int(), from: z.string(), frequency: z.string(), minimumCents: z.int(), payDaysMax: z.int() });
type View = Readonly<{ rules: readonly Programme[]; fees: Read<readonly z.output<typeof fee>[]>;
  closings: Read<readonly z.output<typeof closing>[]> }>;

async function load(ask: Ask, id: string): Promise<Read<View>> {
  const [rules, fees, closings] = await Promise.all([
    allOf(ask, `/issuance/programmes/${id}/rules?limit=100`, programme), allOf(ask, `/settlement/fee-rules?programmeId=${id}`, fee), allOf(ask, `/settlement/closing-rules?programmeId=${id}`, closing),
  ]);
  return rules.ok ? { ok: true, value: { rules: rules.value, fees, closings } } : rules;
}

const inForce = (rules: readonly Programme[]): Programme | undefined => rules.find(({ state }) => state === 'in_force') ?? rules[0];

export const programmePage: DecisionPage<View> = {
  route: 'programmes/:id', prefix: 'prg', load, back: ({ say }) => ({ href: '/programmes', word: say('Programmes et règles', 'Programmes and rules') }),
  title: ({ rules }) => inForce(rules)?.name ?? '–', show, forms: () => [],
};

/** `2,5 %` of whole basis points. */
export const percent = (basisPoints: number, { language }: Pick<SignedInVisit, 'language'>): string =>
  new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-IE', { style: 'percent', maximumFractionDigits: 2 }).format(basisPoints / 10_000).replaceAll('\u202F', '\u00A0');

function show({ rules, fees, closings }: View, visit: SignedInVisit): Html {
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
    { head: say('Version', 'Version'), cell: ({ version }: z.output<typeof fee>) => `v${version}` }, { head: say('À partir du', 'From'), cell: ({ from }) => day(from, language) },
    { head: say('Opérateur', 'Operator'), number: true, cell: ({ feeBasisPoints }) => percent(feeBasisPoints, visit) }, { head: say('TVA sur ces frais', 'VAT on the fee'), number: true, cell: ({ vatBasisPoints }) => percent(vatBasisPoints, visit) },
    { head: say('Fonds commun', 'Commons'), number: true, cell: ({ commonsBasisPoints }) => percent(commonsBasisPoints, visit) },
    { head: say('Plafond promis', 'Cap promised'), number: true, cell: ({ promisedCapBasisPoints }) => (promisedCapBasisPoints === null ? say('aucun', 'none') : percent(promisedCapBasisPoints, visit)) },
  ], found)))}
${section(closings, say, say('Arrêtés', 'Closings'), (found) => (found.length === 0 ? html`<p class="empty">${say('Sur demande.', 'On request.')}</p>` : table(say('Arrêtés', 'Closings'), [
    { head: say('Version', 'Version'), cell: ({ version }: z.output<typeof closing>) => `v${version}` }, { head: say('À partir du', 'From'), cell: ({ from }) => day(from, language) },
    { head: say('Rythme', 'How often'), cell: ({ frequency }) => wordOf(FREQUENCIES, frequency, say) }, { head: say('À partir de', 'From which sum'), number: true, cell: ({ minimumCents }) => amount(minimumCents, language) },
  ], found)))}`;
}
