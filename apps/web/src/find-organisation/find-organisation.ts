// An organisation looked for by a part of its name, and chosen out of those that were found: of every page that begins with one.
import { z } from 'zod';
import { part } from '../components.js';
import { html, type Html } from '../html.js';
import type { Words } from '../lists/list.js';
import type { Read, Services } from '../services.js';
import type { SignedInVisit } from '../visit.js';

const found = z.object({ organisationId: z.string(), kind: z.enum(['payer', 'place', 'distributor']), name: z.string() });
const foundShape = z.object({ items: z.array(found) }).transform(({ items }) => items);
export type Found = z.output<typeof found>;
export const KIND_WORDS: Readonly<Record<Found['kind'], Words>> = {
  payer: ['financeur', 'payer'], place: ['lieu', 'place'], distributor: ['distributeur', 'distributor'],
};
/** As many as identity answers: there may be more. */
const FOUND_MAX = 20;

export const organisationId = z.string().regex(/^org_[0-9a-f-]{36}$/);
export const Asked = z.object({ named: z.string().max(200).optional(), organisationId: organisationId.optional() });

/** Undefined where nothing was typed. */
export async function findOrganisations(services: Services, bearer: string, named: string): Promise<Read<readonly Found[]> | undefined> {
  return named.trim() === '' ? undefined : services.get(`/identity/organisations?named=${encodeURIComponent(named.trim())}`, foundShape, bearer);
}

/** `path`: of the page, which gets what was typed, and then what was chosen, as a question. */
export const findForm = ({ say }: SignedInVisit, path: string, named: string): Html => html`<form class="narrow" method="get" action="${path}">
<div class="field"><label for="named">${say('Nom de l’organisation', 'Name of the organisation')}</label>
<input id="named" name="named" required maxlength="200" value="${named}" autocomplete="off"></div><p class="field"><button class="button filled">${say('Chercher', 'Search')}</button></p></form>`;

export const foundPart = ({ say }: SignedInVisit, path: string, named: string, all: Read<readonly Found[]>): Html =>
  part(all, say, say('Organisations', 'Organisations'), (those) => (those.length === 0
    ? html`<p class="empty">${say('Aucun nom ne contient ces mots.', 'No name has these words in it.')}</p>`
    : html`<ul class="lines">${those.map(({ organisationId: id, kind, name }) => html`<li><span class="what"><a href="${path}?named=${encodeURIComponent(named)}&organisationId=${id}"><b>${name}</b></a> ${
      say(...KIND_WORDS[kind])}</span></li>`)}</ul>${those.length >= FOUND_MAX && html`<p class="quiet">${say('Il y en a peut-être d’autres. Précisez le nom.', 'There may be others. Narrow the name.')}</p>`}`));
