// The fee book: the rule in force first, in cents of ten euros; then what is announced, and what was.
import { z } from 'zod';
import { headline, missingPart, table } from '../components.js';
import { amount, amountText, day } from '../format.js';
import { html, type Html } from '../html.js';
import { publicPage } from '../layout.js';
import type { Read } from '../services.js';
import { status } from '../status.js';
import type { Visit } from '../visit.js';

const part = z.object({ to: z.enum(['place', 'operator', 'state', 'commons']), amountCents: z.int() });
const entry = z.object({
  version: z.int(), from: z.string(), state: z.string(), promisedCapBasisPoints: z.int().nullable(),
  platformCapBasisPoints: z.int(), parts: z.array(part),
});
export const bookShape = z.object({ grossCents: z.int(), items: z.array(entry) });
type Book = z.output<typeof bookShape>;
type Entry = z.output<typeof entry>;
type Part = z.output<typeof part>;

const RECEIVERS: Readonly<Record<Part['to'], readonly [french: string, english: string]>> = {
  place: ['Le lieu qui rend le service', 'The place that renders the service'], operator: ['L’opérateur, pour faire tourner le système', 'The operator, to run the system'],
  state: ['L’État, TVA sur ces frais', 'The State, VAT on that fee'], commons: ['Le fonds commun des lieux', 'The commons of the places'],
};

export function feeBookPage(visit: Visit, programmeId: string, read: Read<Book>): Html {
  const { say } = visit;
  const title = say('De 10 euros, qui reçoit combien', 'Of 10 euros, who gets how much');
  if (!read.ok) return publicPage(visit, title, html`<h1>${title}</h1>${missingPart(say, title, read)}`);
  const { items, grossCents } = read.value;
  if (items.length === 0) return publicPage(visit, title, html`<h1>${title}</h1><p class="empty">${say('Aucune règle n’est publiée pour ce programme.', 'No rule is published for this programme.')}</p>`);
  const inForce = items.find(({ state }) => state === 'in_force');
  return publicPage(visit, title, html`<h1>${title}</h1>
${inForce ? now(visit, inForce, grossCents) : html`<p class="lead">${say('Aucune règle n’est encore en vigueur.', 'No rule is in force yet.')}</p>`}
<section class="section"><h2>${say('Toutes les règles', 'All rules')}</h2>${rules(visit, items)}
<p class="small quiet">${say('Une règle qui prend plus est annoncée trente jours avant, à chaque lieu. Ce que paie le financeur en plus de la valeur des chèques est sur ses factures.',
    'A rule that takes more is announced thirty days before, to each place. What a payer pays beyond the value of vouchers is on its invoices.')}</p>
<p class="small quiet">${say('Un lieu à qui une règle ne convient pas quitte le programme par lui-même et sans frais, à la page Agrément de son espace.',
    'A place that does not agree with a rule leaves the programme by itself and free of charge, under Accreditation on its pages.')}</p></section>
<p class="section"><a href="/figures/${programmeId}">${say('Les chiffres de ce programme', 'The figures of this programme')}</a> · <a href="/commons">${say('Le fonds commun, au centime', 'The commons, to the cent')}</a></p>`);
}

const centsFor = ({ parts }: Entry, receiver: Part['to']): number => parts.find(({ to }) => to === receiver)?.amountCents ?? 0;

function now(visit: Visit, rule: Entry, grossCents: number): Html {
  const { say, language } = visit;
  return html`${headline(amount(centsFor(rule, 'place'), language), say(
    `sur ${amountText(grossCents, language)} vont au lieu qui rend le service, depuis le ${day(rule.from, language)} (règle ${rule.version}).`,
    `of ${amountText(grossCents, language)} go to the place that renders the service, since ${day(rule.from, language)} (rule ${rule.version}).`))}
${table(say('Qui reçoit combien', 'Who gets how much'), [
    { head: say('Qui', 'Who'), cell: ({ to }: Part) => say(...RECEIVERS[to]) },
    { head: say('Montant', 'Amount'), number: true, cell: ({ amountCents }) => amount(amountCents, language) },
  ], rule.parts, html`<tfoot><tr><td>${say('En tout', 'In all')}</td><td class="number">${amount(rule.parts.reduce((sum, { amountCents }) => sum + amountCents, 0), language)}</td></tr></tfoot>`)}
<p class="field">${say('Plafond promis', 'Promised cap')} : ${cap(visit, rule.promisedCapBasisPoints)} · ${say('plafond de la plateforme', 'cap of the platform')} : ${cap(visit, rule.platformCapBasisPoints)}</p>`;
}

/** `10,5 %` of a gross; none was promised where it is null. */
const cap = ({ say, language }: Visit, basisPoints: number | null): string => (basisPoints === null ? say('aucun', 'none')
  : new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 2 }).format(basisPoints / 10_000).replaceAll('\u202F', '\u00A0'));

function rules(visit: Visit, items: readonly Entry[]): Html {
  const { say, language } = visit;
  const column = (to: Part['to'], head: string) => ({ head, number: true, cell: (rule: Entry) => amount(centsFor(rule, to), language) });
  return table(say('Toutes les règles', 'All rules'), [
    { head: say('Depuis', 'From'), cell: (rule: Entry) => html`${day(rule.from, language)} ${status(rule.state, say)}` },
    column('place', say('Lieu', 'Place')), column('operator', say('Opérateur', 'Operator')), column('state', say('TVA', 'VAT')), column('commons', say('Communs', 'Commons')),
  ], items);
}
