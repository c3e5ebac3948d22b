// The keys of any organisation, for the operator: looked for by its name, and ended where its program should ask nothing more.
import { endForm, keyLine } from '../api-keys/api-keys.page.js';
import { apiKeyRefusal } from '../api-keys/api-key-words.js';
import type { ApiKey } from '../api-keys/api-keys.data.js';
import { part } from '../components.js';
import { html, type Html } from '../html.js';
import { icon } from '../icons.js';
import { findForm, foundPart, type Found } from '../find-organisation/find-organisation.js';
import { signedInPage } from '../layout.js';
import type { Read } from '../services.js';
import type { SignedInVisit } from '../visit.js';

const PATH = '/organisation-keys';
export type KeysShown = Readonly<{
  named: string; found: Read<readonly Found[]> | undefined;
  /** Once one was chosen. */ chosen?: Readonly<{ organisation: Found; keys: Read<readonly ApiKey[]> }> | undefined;
  refused?: string | undefined;
}>;

export function organisationKeysPage(visit: SignedInVisit, { named, found, chosen, refused }: KeysShown): Html {
  const { say } = visit;
  const title = say('Clés des organisations', 'Keys of organisations');
  return signedInPage(visit, title, html`<h1>${title}</h1>
<p class="lead">${say('Une organisation crée ses clés elle-même. Vous pouvez en terminer une : ses responsables reçoivent un message.', 'An organisation makes its own keys. You may end one: its people are told by mail.')}</p>
${refused !== undefined && html`<div class="notice no" role="alert">${icon('refused')}<p>${apiKeyRefusal(refused, say)}</p></div>`}
${findForm(visit, PATH, named)}${chosen ? keysPart(visit, named, chosen) : found && foundPart(visit, PATH, named, found)}`);
}

function keysPart(visit: SignedInVisit, named: string, { organisation: { organisationId, name }, keys }: NonNullable<KeysShown['chosen']>): Html {
  const { say } = visit;
  const more = html`<input type="hidden" name="organisationId" value="${organisationId}"><input type="hidden" name="named" value="${named}">`;
  return html`<section class="section"><h2>${name}</h2>${part(keys, say, say('Clés d’accès', 'API keys'), (all) => (all.length === 0
    ? html`<p class="empty">${say('Cette organisation n’a aucune clé.', 'This organisation has no key.')}</p>`
    : html`<ul class="lines team">${all.map((key) => keyLine(visit, key, endForm(visit, key, '/organisation-keys/end', more)))}</ul>`))}</section>`;
}
