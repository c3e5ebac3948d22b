// One version of an official list of zones: what it changes of the one in force, and a second person who takes it.
import { headline, part, table } from '../components.js';
import type { Ask, DecisionForm, DecisionPage } from '../decisions/decision-page.js';
import { timeline } from '../decisions/timeline.js';
import { count } from '../format.js';
import { html, type Html } from '../html.js';
import { rowReason } from '../imports/import-words.js';
import { rowsShape, type Rows } from '../imports/imports.data.js';
import { problemOf, type Read } from '../services.js';
import { pill } from '../status.js';
import type { SignedInVisit } from '../visit.js';
import { differenceShape, listName, zoneVersionsShape, type Change, type Difference, type ZoneVersion } from './zone-lists.data.js';

type View = Readonly<{ version: ZoneVersion; difference: Difference; refused: Read<Rows> }>;
const CHANGES_SHOWN = 100;

async function load(ask: Ask, id: string): Promise<Read<View>> {
  const [versions, difference, refused] = await Promise.all([
    ask('/redemption/zone-imports', zoneVersionsShape), ask(`/redemption/zone-imports/${id}/difference?limit=${CHANGES_SHOWN}`, differenceShape),
    ask(`/redemption/zone-imports/${id}/rows?outcome=refused&limit=${CHANGES_SHOWN}`, rowsShape),
  ]);
  if (!versions.ok) return versions;
  if (!difference.ok) return difference;
  const version = versions.value.items.find(({ importId }) => importId === id);
  return version ? { ok: true, value: { version, difference: difference.value, refused } } : problemOf(404, 'route_not_found');
}

export const zoneVersionPage: DecisionPage<View> = {
  route: 'zone-lists/:id', prefix: 'imp', load, back: ({ say }) => ({ href: '/imports', word: say('Listes à importer', 'Lists to import') }),
  title: ({ version }, { say }) => listName(version.list, say), show, forms,
};

export function versionPill({ isInForce, decided, finishedAt }: ZoneVersion, { say }: SignedInVisit): Html {
  if (isInForce) return pill('ok', say('En vigueur', 'In force'));
  if (decided) return pill('mute', decided.outcome === 'accepted' ? say('Remplacée', 'Replaced') : say('Écartée', 'Set aside'));
  return finishedAt === null ? pill('info', say('Pas finie', 'Not finished')) : pill('wait', say('Attend une seconde personne', 'Waits for a second person'));
}

function show({ version, difference, refused }: View, visit: SignedInVisit): Html {
  const { say, language } = visit;
  const { added, removed, changed } = difference;
  const changes = added + removed + changed;
  const waits = version.decided === null;
  const said = waits ? headline(say(`${count(changes, language)} changements`, `${count(changes, language)} changes`), say(
    `par rapport à ${difference.comparedWith === null ? 'rien : aucune version n’est en vigueur' : 'la version en vigueur'}. Ajoutés : ${count(added, language)}. Retirés : ${count(removed, language)}. Modifiés : ${count(changed, language)}.`,
    `against ${difference.comparedWith === null ? 'nothing: no version is in force' : 'the version in force'}. Added: ${count(added, language)}. Removed: ${count(removed, language)}. Changed: ${count(changed, language)}.`))
    : headline(say(`${count(version.imported, language)} lignes`, `${count(version.imported, language)} rows`), version.decided?.reason ?? '');
  return html`${said}<p class="field">${versionPill(version, visit)}</p>
${waits && changes > 0 && html`<section class="section"><h2>${say('Ce qui change', 'What changes')}</h2>${changeTable(visit, version, difference.items)}${
    difference.nextCursor && html`<p class="small quiet">${say(`Les ${CHANGES_SHOWN} premiers seulement.`, `The first ${CHANGES_SHOWN} only.`)}</p>`}</section>`}
${version.refused > 0 && html`<section class="section"><h2>${say('Lignes refusées', 'Refused rows')} : ${count(version.refused, language)}</h2>${part(refused, say, say('Lignes refusées', 'Refused rows'), ({ items }) =>
    html`<ul class="lines">${items.map(({ line, code }) => html`<li><span class="what"><b>${say('Ligne', 'Line')} ${line}</b>${rowReason(code, say)}</span></li>`)}</ul>`)}</section>`}
${timeline(visit, [
    { what: say('Importée', 'Imported'), at: version.startedAt, who: version.startedBy, more: `${count(version.read, language)} ${say('lignes lues', 'rows read')}` },
    version.decided && { what: version.decided.outcome === 'accepted' ? say('Mise en vigueur', 'Taken into force') : say('Écartée', 'Set aside'), at: version.decided.at, who: version.decided.by },
    waits && { what: say('À comparer et accepter par une autre personne', 'To be compared and accepted by another person'), isToCome: true },
  ])}`;
}

const changeTable = ({ say }: SignedInVisit, { list }: ZoneVersion, items: readonly Change[]): Html => table(say('Ce qui change', 'What changes'), [
  { head: list === 'density' ? say('Commune', 'Commune') : say('Quartier', 'Quarter'), cell: ({ key }: Change) => html`<code>${key}</code>` },
  { head: list === 'density' ? say('Classe en vigueur', 'Class in force') : say('Communes en vigueur', 'Communes in force'), cell: ({ before }) => before ?? say('n’y est pas', 'not in it') },
  { head: say('Dans cette version', 'In this version'), cell: ({ after }) => after ?? say('n’y est plus', 'gone') },
], items);

function forms({ version: { importId, decided }, difference: { comparedWith } }: View, { say }: SignedInVisit): readonly DecisionForm[] {
  if (decided !== null) return [];
  const path = `/redemption/zone-imports/${importId}`;
  const roles = ['operator', 'approver'];
  return [
    {
      step: 'accept', title: say('Mettre en vigueur', 'Take into force'), filled: true, roles, fields: [],
      says: say('Par une autre personne que celle qui l’a importée. Les communes sont comptées ainsi à partir de maintenant, pour tous ; la version d’avant reste lisible.',
        'By another person than who imported it. Communes are counted so from now on, for everybody; the version before stays readable.'),
      button: say('Mettre cette version en vigueur', 'Take this version into force'), send: () => ({ path: `${path}/acceptance`, body: { comparedWith } }),
    },
    {
      step: 'set-aside', title: say('Écarter', 'Set aside'), roles, says: say('Elle n’entrera jamais en vigueur. Le même fichier peut être importé à nouveau.', 'It never comes into force. The same file may be imported again.'),
      fields: [{ name: 'reason', kind: 'long', max: 500, label: say('Pourquoi ?', 'Why?') }], button: say('Écarter cette version', 'Set this version aside'),
      send: ({ reason }) => ({ path: `${path}/setting-aside`, body: { reason } }),
    },
  ];
}

