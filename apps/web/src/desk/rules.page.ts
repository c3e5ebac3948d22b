// Which rules of a programme were in force on a day, each as it was published and with the event that proves it.
import { headline, part } from '../components.js';
import { counted, day, moment } from '../format.js';
import { html, type Html } from '../html.js';
import { signedInPage } from '../layout.js';
import type { Read } from '../services.js';
import type { SignedInVisit } from '../visit.js';
import type { ProgrammeName, Rules } from './desk.data.js';
import { ruleName } from './desk-words.js';

export type RulesView = Readonly<{
  programmeId: string; placeId: string; day: string; programmes: Read<readonly ProgrammeName[]>; rules: Read<Rules> | undefined;
}>;

export function rulesPage(visit: SignedInVisit, view: RulesView): Html {
  const { say } = visit;
  const title = say('Quelles règles valaient', 'Which rules were in force');
  const { rules } = view;
  return signedInPage(visit, title, html`<p class="small"><a href="/desk">${say('Bureau de contrôle', 'Auditor’s desk')}</a></p><h1>${title}</h1>
${part(view.programmes, say, say('Programmes', 'Programmes'), (programmes) => form(visit, view, programmes))}
${rules && part(rules, say, title, (found) => shown(visit, found))}`);
}

const form = ({ say }: SignedInVisit, { programmeId, placeId, day: asked }: RulesView, programmes: readonly ProgrammeName[]): Html => html`<form method="get" action="/desk/rules">
<div class="field"><label for="programmeId">${say('Programme', 'Programme')}</label><select id="programmeId" name="programmeId" required>${programmes.map((one) =>
  html`<option value="${one.programmeId}" ${one.programmeId === programmeId && html`selected`}>${one.name}</option>`)}</select></div>
<div class="field"><label for="day">${say('Jour', 'Day')}</label><input id="day" name="day" type="date" value="${asked}" required></div>
<div class="field"><label for="placeId">${say('Lieu, pour ses tarifs (plc_…, facultatif)', 'Place, for its tariffs (plc_…, optional)')}</label><input id="placeId" name="placeId" value="${placeId}" maxlength="40" pattern="plc_[0-9a-f\\-]{36}"></div>
<p class="field"><button class="button filled">${say('Montrer', 'Show')}</button></p></form>`;

function shown({ say, language }: SignedInVisit, { day: on, rules }: Rules): Html {
  if (rules.length === 0) return headline(say('Aucune règle', 'No rule'), say(`Rien n’était en vigueur le ${day(on, language)}.`, `Nothing was in force on ${day(on, language)}.`));
  return html`${headline(counted(rules.length, language, language === 'fr' ? ['règle', 'règles'] : ['rule', 'rules']), say(`en vigueur le ${day(on, language)}.`, `in force on ${day(on, language)}.`))}
${rules.map(({ kind, version, from, eventId, toldAt, body }) => html`<section class="section"><h2>${ruleName(kind, say)} v${version}</h2>
<p>${say('Depuis le', 'Since')} ${day(from, language)}. <a href="/events/one/${eventId}">${say('Publiée le', 'Published')} ${moment(toldAt, language)}</a></p>
<details><summary>${say('Comme elle a été publiée', 'As it was published')}</summary><pre tabindex="0">${JSON.stringify(body, null, 2)}</pre></details></section>`)}`;
}
