// A worksheet: where the sample comes from, so that anybody can draw it again, and what was found of each item.
import { uuidv7 } from 'uuidv7';
import { headline, part } from '../components.js';
import { amount, count, day, moment, shortId } from '../format.js';
import { html, type Html } from '../html.js';
import { signedInPage } from '../layout.js';
import type { Read } from '../services.js';
import type { SignedInVisit } from '../visit.js';
import type { Item, Sample } from './desk.data.js';
import { populationName, refusedNotice, stratumName, verdictPill } from './desk-words.js';
import { raiseForm } from './finding.page.js';

type Items = Readonly<{ items: readonly Item[]; nextCursor: string | null }>;
export type SampleView = Readonly<{ sample: Sample; items: Read<Items>; refused?: string | undefined }>;

export function samplePage(visit: SignedInVisit, { sample, items, refused }: SampleView): Html {
  const { say, language } = visit;
  const { progress, size, frame } = sample;
  const answer = progress.open === 0 ? say('Tout est vu', 'All of it is seen') : say(`${count(progress.open, language)} à voir sur ${count(size, language)}`, `${count(progress.open, language)} of ${count(size, language)} open`);
  return signedInPage(visit, sample.title, html`<p class="small"><a href="/desk">${say('Bureau de contrôle', 'Auditor’s desk')}</a></p><h1>${sample.title}</h1>
${refusedNotice(refused, say)}
${headline(answer, say(`Juste : ${count(progress.ok, language)}. Pas juste : ${count(progress.notOk, language)}.`, `Right: ${count(progress.ok, language)}. Not right: ${count(progress.notOk, language)}.`))}
<div class="two"><div><section class="section"><h2>${say('Éléments', 'Items')}</h2>${part(items, say, say('Éléments', 'Items'), (found) => itemList(visit, sample, found))}</section></div>
<aside class="panel"><h2>${say('Base du tirage', 'Frame')}</h2><ul class="lines">
${line(say('Population', 'Population'), `${populationName(sample.population, say)}, ${stratumName(sample.stratum, say)}`)}
${line(say('Jours', 'Days'), html`${frame.from ? day(frame.from, language) : '…'} – ${frame.until ? day(frame.until, language) : '…'}`)}
${line(say('Éléments de la base', 'Items of the frame'), html`${count(frame.count, language)}, ${amount(frame.amountCents, language)}`)}
${line(say('Journal jusqu’à', 'Log up to'), html`${count(frame.logSize, language)} <code title="${frame.root}">${frame.root.slice(0, 8)}…</code>`)}
${line(say('Graine', 'Seed'), html`<code>${sample.seed}</code>`)}</ul>
<p class="small quiet">${say('La même graine sur le même journal donne les mêmes éléments.', 'The same seed over the same log gives the same items.')}</p>
<p class="field"><a href="/desk/samples/${sample.sampleId}/repetition">${say('Tirer à nouveau', 'Draw it again')}</a></p>
<p class="field">${say('Feuille de travail', 'Worksheet')} : <a href="/desk/samples/${sample.sampleId}/worksheet.csv" download>CSV</a> · <a href="/desk/samples/${sample.sampleId}/worksheet.xlsx" download>XLSX</a></p>
${raiseForm(visit, { sampleId: sample.sampleId })}</aside></div>`);
}

const line = (name: string, value: Html | string): Html => html`<li><span class="what"><b>${name}</b>${value}</span></li>`;

function itemList(visit: SignedInVisit, { sampleId }: Sample, { items, nextCursor }: Items): Html {
  const { say } = visit;
  return html`${items.map((item) => itemPart(visit, sampleId, item))}
${nextCursor && html`<p class="section"><a class="button" href="/desk/samples/${sampleId}?cursor=${nextCursor}">${say('Suivants', 'Next')}</a></p>`}`;
}

/** Each item is a form of its own: what was said before stands above it and stays. */
function itemPart({ say, language }: SignedInVisit, sampleId: string, item: Item): Html {
  const { position, eventId, type, amountCents, verdict, marks, occurredAt } = item;
  const last = marks.at(-1);
  return html`<article class="section" id="item-${position}"><h3>${position}. ${amount(amountCents, language)} ${verdictPill(verdict, say)}</h3>
<p class="small"><a href="/events/one/${eventId}"><code>${type}</code></a>, ${moment(occurredAt, language)}, ${item.stratum.length > 30 ? shortId(item.stratum) : item.stratum}</p>
${last && html`<p>${last.note ?? '–'} <span class="small quiet"><code title="${last.by}">${shortId(last.by)}</code>, ${moment(last.at, language)}</span></p>`}
${marks.length > 1 && html`<details><summary>${say('Ce qui a été dit avant', 'What was said before')}</summary><ul class="lines">${marks.slice(0, -1).map((mark) =>
    html`<li><span class="what">${verdictPill(mark.verdict, say)} ${mark.note ?? '–'} <span class="small quiet">${shortId(mark.by)}, ${moment(mark.at, language)}</span></span></li>`)}</ul></details>`}
<details ${verdict === 'open' && html`open`}><summary>${say('Noter', 'Write down')}</summary><form method="post" action="/desk/samples/${sampleId}/items/${position}">
<input type="hidden" name="key" value="${uuidv7()}">
<div class="field"><label for="note-${position}">${say('Note (obligatoire si ce n’est pas juste)', 'Note (needed where it is not right)')}</label><input id="note-${position}" name="note" maxlength="2000"></div>
<p class="field"><button class="button" name="verdict" value="ok">${say('Juste', 'Right')}</button> <button class="button" name="verdict" value="not_ok">${say('Pas juste', 'Not right')}</button>
<button class="button link" name="verdict" value="open">${say('À revoir', 'To see again')}</button></p></form></details></article>`;
}
