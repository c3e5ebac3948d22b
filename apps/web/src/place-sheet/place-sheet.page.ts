// What do citizens see of us? As the directory has it, with what is missing, and where it is corrected.
import { missingPart } from '../components.js';
import { day, moment } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import { icon } from '../icons.js';
import { signedInPage } from '../layout.js';
import type { Read } from '../services.js';
import { serviceName } from '../service-choice.js';
import type { SignedInVisit } from '../visit.js';
import type { OwnPlace } from './own-place.data.js';

/** Older hours are often wrong, and a person before a closed door does not come back. */
const OLD_DAYS = 183;
const DAY_MS = 86_400_000;

export function placeSheetPage(visit: SignedInVisit, read: Read<OwnPlace>): Html {
  const { say } = visit;
  const title = say('Fiche du lieu', 'Sheet of the place');
  const isUnknown = !read.ok && read.code === 'place_not_registered';
  return signedInPage(visit, title, html`<h1>${title}</h1>${read.ok ? shown(visit, read.value) : isUnknown
    ? html`<p class="lead">${say('Votre lieu n’est pas encore enregistré. Appelez l’opérateur.', 'Your place is not registered yet. Call the operator.')}</p>` : missingPart(say, title, read)}`);
}

function shown(visit: SignedInVisit, place: OwnPlace): Html {
  const { say, language } = visit;
  const { name, siret, street, complement, postalCode, commune, listing, openingHours } = place;
  const address = [street, complement, [postalCode, commune].filter((text) => text !== null).join(' ')].filter((text) => text !== null && text !== '').join(', ');
  const unknown = html`<span class="quiet">${say('Inconnu', 'Unknown')}</span>`;
  const rows: readonly (readonly [string, Piece])[] = [
    [say('Adresse', 'Address'), address], [say('Horaires', 'Opening hours'), openingHours && hours(visit, openingHours)],
    [say('Téléphone', 'Telephone'), listing?.telephones.join(', ')], [say('Courriel', 'E-mail'), listing?.emails.join(', ')],
    [say('Site', 'Website'), listing?.websites.join(', ')], [say('Services annoncés', 'Services announced'), listing?.services.map((code) => serviceName(code, visit)).join(', ')],
    ['SIRET', siret && html`<code>${siret}</code>`],
  ];
  return html`<p class="lead">${say('Voici ce que les personnes lisent de votre lieu, dans l’annuaire et sur la lettre qui accompagne leurs chèques.', 'This is what people read of your place, in the directory and in the letter that comes with their vouchers.')}</p>
${isOld(listing) && html`<div class="notice wait" role="status">${icon('clock')}<p>${say(`Ces renseignements datent du ${day(listing!.updatedOn, language)} : vérifiez les horaires.`, `This is of ${day(listing!.updatedOn, language)}: check the hours.`)}</p></div>`}
${leaving(visit, place)}
<section class="section"><h2>${name}</h2><dl class="lines">${rows.map(([word, value]) => html`<div><dt>${word}</dt><dd>${value || unknown}</dd></div>`)}</dl></section>
<section class="section"><h2>${say('Corriger', 'Correct it')}</h2>${correct(visit, place)}</section>`;
}

/** From its day on the directory and letters name it no longer for that programme. */
const leaving = ({ say, language }: SignedInVisit, { accreditations }: OwnPlace): Html => html`${accreditations.filter(({ isLatest, leavesFrom }) => isLatest && leavesFrom !== null).map(({ programmeName, programmeId, leavesFrom }) =>
  html`<div class="notice info" role="status">${icon('clock')}<p>${say(`Votre lieu quitte « ${programmeName ?? programmeId} » à partir du ${day(leavesFrom, language)} : de ce jour on ne l’y trouve plus.`, `Your place leaves "${programmeName ?? programmeId}" from ${day(leavesFrom, language)} on: from that day nobody finds it there.`)}</p></div>`)}`;

const isOld = (listing: OwnPlace['listing']): boolean =>
  listing !== null && listing.updatedOn !== null && Date.now() - Date.parse(listing.updatedOn) > OLD_DAYS * DAY_MS;

function hours({ say, language }: SignedInVisit, { text, understood, state, nextChange }: NonNullable<OwnPlace['openingHours']>): Html {
  const now = state === 'open' ? say('Ouvert en ce moment', 'Open now') : state === 'closed' ? say('Fermé en ce moment', 'Closed now') : say('Sur rendez-vous', 'By appointment');
  return html`<code>${text}</code><br><small>${understood ? html`${now}${nextChange !== null && html`, ${say('jusqu’au', 'until')} ${moment(nextChange, language)}`}`
    : say('Ce texte ne se lit pas comme des horaires : les personnes le voient tel quel.', 'This text cannot be read as opening hours: people see it as it is.')}</small>`;
}

/** The directory is a copy of published files: what is corrected here alone would be lost with the next one. */
function correct({ say }: SignedInVisit, { listing }: OwnPlace): Html {
  if (listing === null) {
    return html`<p>${say('Votre lieu a été enregistré par l’opérateur et n’est dans aucun annuaire publié. Inscrivez-le dans la cartographie nationale : adresse, horaires et contacts viendront d’elle.',
      'Your place was registered by the operator and is in no published directory. Enter it in the national map: address, hours and contacts will come from it.')}</p>`;
  }
  const sources = listing.sources.join(', ');
  return html`<p>${say(`Ces renseignements viennent de fichiers publiés${sources === '' ? '' : ` (${sources})`}. Corrigez-les à leur source, dans la cartographie nationale des lieux d’inclusion numérique : la prochaine importation les reprend.`,
    `This comes from published files${sources === '' ? '' : ` (${sources})`}. Correct it at its source, in the national map of places of digital inclusion: the next import takes it over.`)}</p>
<p class="quiet">${say('Le SIRET d’un lieu agréé et les services pour lesquels il l’est ne changent qu’avec l’opérateur.', 'The SIRET of an accredited place, and the services that it is accredited for, change with the operator only.')}</p>`;
}
