// A tariff as a place proposes it: what one session costs, part by part. The price is never typed; the service finds it from the parts.
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { SERVICE_CODES } from '#libs/contracts';
import { centsTyped } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import { serviceOptions } from '../service-choice.js';
import type { SignedInVisit } from '../visit.js';

const EUROS = ['preparation', 'hourlyCost', 'premises', 'travel', 'other'] as const;
const typed = z.string().max(20).default('');
export const TariffForm = z.strictObject({
  key: z.uuid(), service: z.string().max(60), renderingMinutes: typed, groupSize: typed, otherName: z.string().max(100).default(''), from: z.string().max(10).default(''),
  preparation: typed, hourlyCost: typed, premises: typed, travel: typed, other: typed,
});
export type TypedTariff = z.output<typeof TariffForm>;

export const newTariff = (): TypedTariff => ({
  key: uuidv7(), service: '', renderingMinutes: '', groupSize: '1', otherName: '', from: '', preparation: '', hourlyCost: '', premises: '', travel: '', other: '',
});

/** The name of a field that cannot be read, or what redemption is asked. */
export function tariffAsked(form: TypedTariff): Readonly<{ wrong: string }> | Readonly<{ body: object }> {
  if (!(SERVICE_CODES as readonly string[]).includes(form.service)) return { wrong: 'service' };
  const cents = EUROS.map((name) => [name, form[name].trim() === '' ? 0 : centsTyped(form[name])] as const);
  const unread = cents.find(([, value]) => value === undefined);
  if (unread) return { wrong: unread[0] };
  const wholes = (['renderingMinutes', 'groupSize'] as const).map((name) => [name, wholeTyped(form[name])] as const);
  const [, groupSize] = wholes[1]!;
  if (groupSize === undefined || groupSize === 0) return { wrong: 'groupSize' };
  const [, renderingMinutes] = wholes[0]!;
  if (renderingMinutes === undefined) return { wrong: 'renderingMinutes' };
  if (form.other.trim() !== '' && form.otherName.trim() === '') return { wrong: 'otherName' };
  return {
    body: {
      service: form.service, ...(form.from !== '' && { from: form.from }),
      components: {
        ...Object.fromEntries(cents.map(([name, value]) => [`${name}Cents`, value])), renderingMinutes, groupSize,
        ...(form.otherName.trim() !== '' && { otherName: form.otherName.trim() }),
      },
    },
  };
}

const wholeTyped = (text: string): number | undefined => (text.trim() === '' ? 0 : /^\d{1,4}$/.test(text.trim()) ? Number(text) : undefined);

export const fieldWords = ({ say }: SignedInVisit): Readonly<Record<string, string>> => ({
  service: say('Service', 'Service'), preparation: say('Préparation (€)', 'Preparation (€)'), renderingMinutes: say('Durée de la séance (minutes)', 'Length of the session (minutes)'),
  hourlyCost: say('Coût d’une heure (€)', 'Cost of an hour (€)'), premises: say('Salle et matériel (€)', 'Room and equipment (€)'), travel: say('Déplacement (€)', 'Travel (€)'),
  other: say('Autres coûts (€)', 'Other costs (€)'), otherName: say('Nom de ces autres coûts', 'Name of these other costs'), groupSize: say('Nombre de personnes par séance', 'People per session'),
  from: say('À partir du (facultatif)', 'From (optional)'),
});

export function tariffForm(visit: SignedInVisit, form: TypedTariff, above: Piece = null): Html {
  const { say } = visit;
  const words = fieldWords(visit);
  const field = (name: keyof TypedTariff, input: Html): Html => html`<div class="field"><label for="${name}">${words[name]}</label>${input}</div>`;
  const number = (name: keyof TypedTariff): Html => field(name, html`<input id="${name}" name="${name}" inputmode="decimal" maxlength="12" value="${form[name]}">`);
  return html`<form method="post" action="/tariffs">${above}<input type="hidden" name="key" value="${form.key}">
<div class="field"><label for="service">${words['service']}</label><select id="service" name="service" required>${serviceOptions(visit, form.service)}</select></div>
<div class="said">${number('preparation')}${number('renderingMinutes')}${number('hourlyCost')}${number('premises')}${number('travel')}${number('other')}
${field('otherName', html`<input id="otherName" name="otherName" maxlength="100" value="${form.otherName}">`)}${number('groupSize')}
${field('from', html`<input id="from" name="from" type="date" value="${form.from}">`)}</div>
<p class="hint">${say('Le prix d’une participation est la somme, partagée entre les personnes de la séance, au centime supérieur.',
    'The price of one participation is the sum, shared among the people of the session, to the cent above.')}</p>
<p class="field"><button class="button filled large">${say('Proposer ce tarif', 'Propose this tariff')}</button></p></form>`;
}
