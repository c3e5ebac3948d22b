// The operator's board: what the rules found, the worst first. An alert accuses nobody, and the page says so before anything else.
import { headline, part, table } from '../components.js';
import { amount, count, moment, shortId } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import { signedInPage } from '../layout.js';
import { pill } from '../status.js';
import type { SignedInVisit } from '../visit.js';
import type { Board, BoardAlert, PlaceAlert } from './alerts.data.js';

export function boardPage(visit: SignedInVisit, { open, upheld }: Board): Html {
  const { say } = visit;
  return signedInPage(visit, say('Alertes', 'Alerts'), html`<h1>${say('Alertes', 'Alerts')}</h1>
<p class="lead">${say('Une alerte n’accuse personne : une règle a compté, quelqu’un regarde.', 'An alert accuses nobody: a rule counted, somebody looks.')}</p>
<p class="field"><a href="/alert-rules">${say('Les chiffres des règles', 'The figures of the rules')}</a></p>
${part(open, say, say('Alertes ouvertes', 'Open alerts'), (alerts) => openPart(visit, alerts))}
<section class="section"><h2>${say('Confirmées', 'Upheld')}</h2>${part(upheld, say, say('Confirmées', 'Upheld'), (alerts) => upheldPart(visit, alerts))}</section>`);
}

export const textOf = ({ say }: SignedInVisit, { textFr, textEn }: Pick<PlaceAlert, 'textFr' | 'textEn'>): string => say(textFr, textEn);
export const nameOf = ({ say }: SignedInVisit, { placeId, placeName }: BoardAlert): string =>
  (placeId === null ? say('Toutes les caisses', 'All tills') : placeName ?? shortId(placeId));

function openPart(visit: SignedInVisit, alerts: readonly BoardAlert[]): Html {
  const { say, language } = visit;
  if (alerts.length === 0) return headline(say('Rien', 'Nothing'), say('n’attend d’être regardé.', 'waits to be looked at.'));
  return html`${headline(count(alerts.length, language), say('à regarder, la plus grave d’abord.', 'to look at, the worst first.'))}${alertTable(visit, alerts, say('Alertes ouvertes', 'Open alerts'))}`;
}

function upheldPart(visit: SignedInVisit, alerts: readonly BoardAlert[]): Html {
  const { say } = visit;
  return alerts.length === 0 ? html`<p class="empty">${say('Aucune.', 'None.')}</p>` : alertTable(visit, alerts, say('Confirmées', 'Upheld'));
}

const alertTable = (visit: SignedInVisit, alerts: readonly BoardAlert[], caption: string): Html => {
  const { say, language } = visit;
  return table(caption, [
    { head: say('Lieu', 'Place'), cell: (one: BoardAlert) => nameOf(visit, one) },
    { head: say('Constat', 'What was found'), cell: (one) => html`<a href="/alerts/${one.alertId}">${textOf(visit, one)}</a>` },
    { head: say('Faits', 'Facts'), number: true, cell: ({ facts }) => count(facts, language) },
    { head: say('En jeu', 'At stake'), number: true, cell: ({ amountCents }) => amount(amountCents, language) },
    { head: say('Vu jusqu’au', 'Seen until'), cell: ({ lastAt }) => moment(lastAt, language) },
    { head: say('Recours', 'Appeal'), cell: ({ appeal }) => appealPill(visit, appeal) },
  ], alerts);
};

export function appealPill({ say }: SignedInVisit, appeal: PlaceAlert['appeal']): Piece {
  if (appeal === null) return say('aucun', 'none');
  if (appeal.outcome === null) return pill('wait', say('À répondre', 'To be answered'));
  return appeal.outcome === 'upheld' ? pill('ok', say('Accepté', 'Upheld')) : pill('no', say('Rejeté', 'Rejected'));
}
