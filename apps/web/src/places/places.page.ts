// Where do I go? The nearest first, each with what one needs to get in: address, hours, telephone.
import { SERVICE_NAMES, SERVICE_NAMES_IN_ENGLISH, type ServiceCode } from '#libs/contracts';
import { clockAt, kilometres } from '../format.js';
import { html, type Html } from '../html.js';
import { icon } from '../icons.js';
import { publicPage } from '../layout.js';
import { pointMap } from '../point-map.js';
import type { Read } from '../services.js';
import type { Help } from '../settings.js';
import type { Visit } from '../visit.js';
import { askForHelp, wentWrong } from '../voucher/holder-parts.js';
import type { PlaceToGo } from './places.data.js';

export type PlacesAsked = Readonly<{ where: string; programmeId: string | undefined; help: Help | undefined }>;
type Places = Read<Readonly<{ items: readonly PlaceToGo[] }>>;

export function placesPage(visit: Visit, places: Places, { where, programmeId, help }: PlacesAsked): Html {
  const { say } = visit;
  const title = say('Où utiliser mon chèque ?', 'Where can I use my voucher?');
  return publicPage(visit, title, html`<h1>${title}</h1>
<form class="search" method="get" action="/places"><div class="field"><label for="where">${say('Votre commune ou code postal', 'Your town or postal code')}</label>
<input id="where" name="where" value="${where}" maxlength="100" autocomplete="address-level2"></div>
${programmeId && html`<input type="hidden" name="programmeId" value="${programmeId}">`}<button class="button filled">${say('Chercher', 'Search')}</button></form>
${places.ok ? found(visit, places.value.items, where) : wentWrong(say, places)}
${askForHelp(say, help)}`, { reading: true });
}

function found(visit: Visit, places: readonly PlaceToGo[], where: string): Html {
  const { say } = visit;
  if (places.length === 0) {
    return html`<p class="section">${where === '' ? say('Aucun lieu ne prend encore ces chèques.', 'No place takes these vouchers yet.')
      : say(`Aucun lieu à moins de 20 km de « ${where} ».`, `No place within 20 km of “${where}”.`)} ${
      say('Vérifiez le nom, ou demandez à qui vous a remis le chèque.', 'Check the name, or ask whoever gave you the voucher.')}</p>`;
  }
  return html`<section class="section"><h2>${where === '' ? say('Tous les lieux', 'All places') : say(`Près de ${where}`, `Near ${where}`)}</h2>
${pointMap(visit, say('Où sont ces lieux : les numéros sont ceux de la liste', 'Where these places are: the numbers are those of the list'), places.map(({ latitude, longitude, name }, at) =>
    ({ latitude, longitude, label: name, kind: 'place', number: at + 1 })))}
<ul class="places">${places.map((place, at) => placeItem(visit, place, at + 1))}</ul></section>`;
}

function placeItem(visit: Visit, place: PlaceToGo, number: number): Html {
  const { say, language } = visit;
  const { name, street, complement, postalCode, commune, telephone, appointmentPage, website, accessibilityPage, distanceKm } = place;
  const address = [street, complement, [postalCode, commune].filter(Boolean).join(' ')].filter(Boolean).join(', ');
  const links = [
    telephone && html`<a class="target" href="tel:${telephone}">${say('Appeler', 'Call')} ${spaced(telephone)}</a>`,
    webAddress(appointmentPage) && html`<a class="target" href="${appointmentPage}" rel="noreferrer">${say('Prendre rendez-vous', 'Make an appointment')}</a>`,
    webAddress(website) && html`<a class="target" href="${website}" rel="noreferrer">${say('Site du lieu', 'Site of the place')}</a>`,
    webAddress(accessibilityPage) && html`<a class="target" href="${accessibilityPage}" rel="noreferrer">${say('Accès pour les personnes handicapées', 'Access for disabled people')}</a>`,
  ].filter(Boolean);
  return html`<li><div class="place-head"><h3>${number}. ${name}</h3>${distanceKm !== null && html`<span class="amount">${kilometres(distanceKm, language)}</span>`}</div>
${address && html`<p class="quiet">${address}</p>`}${hours(visit, place)}${services(visit, place)}${links.length > 0 && html`<p class="place-links">${links}</p>`}</li>`;
}

/** What a program read only where it understood all of it; otherwise the text of the place itself. */
function hours({ say, language }: Visit, { openingHours }: PlaceToGo): Html | null {
  if (!openingHours) return html`<p class="quiet">${say('Horaires inconnus : appelez avant de venir.', 'Hours unknown: call before you come.')}</p>`;
  const { text, state, nextChange, timeZone } = openingHours;
  const until = nextChange ? clockAt(nextChange, timeZone, language) : '';
  if (state === 'open') return html`<p class="open">${icon('done')} ${until ? say(`Ouvert jusqu’à ${until}`, `Open until ${until}`) : say('Ouvert', 'Open')}</p>`;
  if (state === 'closed') return html`<p>${until ? say(`Fermé. Ouvre ${until}`, `Closed. Opens ${until}`) : say('Fermé', 'Closed')}</p>`;
  return html`<p>${say('Horaires :', 'Hours:')} ${text}</p>`;
}

function services({ say, language }: Visit, { programmes }: PlaceToGo): Html | null {
  const names: Readonly<Record<ServiceCode, string>> = language === 'fr' ? SERVICE_NAMES : SERVICE_NAMES_IN_ENGLISH;
  const whole = programmes.some((one) => one.services.length === 0);
  const codes = [...new Set(programmes.flatMap((one) => one.services))];
  return html`<p class="small quiet">${whole ? say('Tous les services du programme', 'All services of the programme')
    : codes.map((code) => names[code as ServiceCode] ?? code).join(' · ')}</p>`;
}

/** Addresses come from published files: only what a browser can open, and nothing that it would run. */
const webAddress = (text: string | null): boolean => text !== null && /^https?:\/\/[^\s]+$/i.test(text);

/** `+33 4 75 00 00 01` */
const spaced = (phone: string): string => phone.replace(/^(\+\d\d)(\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1 $2 $3 $4 $5 $6');
