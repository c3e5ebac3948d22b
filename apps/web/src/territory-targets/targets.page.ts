// Targets in words: those in force with who set them and why, a form for the next version, and what that would change, before it is set.
import { uuidv7 } from 'uuidv7';
import { missingPart, part, table } from '../components.js';
import { count } from '../format.js';
import { html, type Html } from '../html.js';
import { icon } from '../icons.js';
import type { Programme } from '../impact/impact.data.js';
import { signedInPage } from '../layout.js';
import type { Read } from '../services.js';
import type { SignedInVisit } from '../visit.js';
import { KINDS, wholeOf, wrongIn, type Asked, type Draft, type Target, type Targets } from './targets.data.js';
import { KIND_NAMES, targetsPart } from './targets.part.js';

type Shown = Readonly<{ programmes: Read<readonly Programme[]>; asked: Asked; targets: Read<Targets> | null }>;
type Previewed = Readonly<{ draft: Draft; targets: Read<Targets>; before: Target | null; refused: string | undefined }>;

const maySet = ({ person }: SignedInVisit): boolean => person.organisation.roles.includes('operator');
const backTo = ({ programmeId, year }: Asked): string => `/territory/targets?${new URLSearchParams({ programmeId, year }).toString()}`;

export function targetsPage(visit: SignedInVisit, { programmes, asked, targets }: Shown): Html {
  const { say } = visit;
  const title = say('Objectifs du territoire', 'Targets of the territory');
  return signedInPage(visit, title, html`<p class="small"><a href="/territory">${say('Territoire', 'Territory')}</a></p><h1>${title}</h1>
${part(programmes, say, say('Programmes', 'Programmes'), (list) => (list.length === 0
    ? html`<p class="empty">${say('Un objectif se fixe pour un programme : aucun n’est encore publié.', 'A target is of a programme: none is published yet.')}</p>` : choice(visit, list, asked)))}
${targets && part(targets, say, title, ({ items }) => targetsPart(visit, asked.year, items))}
${targets?.ok && maySet(visit) && html`<section class="section"><h2>${say('Fixer un objectif', 'Set a target')}</h2>${draftForm(visit, { ...asked, kind: 'commune', code: '', redemptions: '', reason: '' })}</section>`}`);
}

function choice({ say }: SignedInVisit, programmes: readonly Programme[], { programmeId, year }: Asked): Html {
  return html`<form method="get" action="/territory/targets" class="section"><div class="said">
<div class="field"><label for="chosenProgramme">${say('Programme', 'Programme')}</label><select id="chosenProgramme" name="programmeId">${programmes.map((one) =>
    html`<option value="${one.programmeId}" ${one.programmeId === programmeId && html`selected`}>${one.name}</option>`)}</select></div>
<div class="field"><label for="chosenYear">${say('Année', 'Year')}</label><input id="chosenYear" name="year" inputmode="numeric" pattern="20[0-9][0-9]" value="${year}"></div></div>
<p class="field"><button class="button quiet">${say('Afficher', 'Show')}</button></p></form>`;
}

function draftForm({ say }: SignedInVisit, draft: Draft, wrong: ReturnType<typeof wrongIn> = new Set()): Html {
  const field = (name: 'code' | 'redemptions', label: string, hint: string): Html => html`<div class="field"><label for="${name}">${label}</label>
<input id="${name}" name="${name}" required maxlength="20" value="${draft[name]}" aria-describedby="${name}-hint" ${wrong.has(name) && html`aria-invalid="true"`}>
<p id="${name}-hint" class="hint${wrong.has(name) && ' wrong'}">${hint}</p></div>`;
  return html`<form method="get" action="/territory/targets/preview">
<input type="hidden" name="programmeId" value="${draft.programmeId}"><input type="hidden" name="year" value="${draft.year}">
<div class="field"><label for="kind">${say('Maille', 'Kind of area')}</label><select id="kind" name="kind">${KINDS.map((kind) =>
    html`<option value="${kind}" ${kind === draft.kind && html`selected`}>${say(...KIND_NAMES[kind])}</option>`)}</select></div>
${field('code', say('Code', 'Code'), say('Code INSEE de la commune (26362) ou du département (26), SIREN de l’EPCI (9 chiffres).', 'INSEE code of the commune (26362) or département (26), SIREN of the EPCI (9 digits).'))}
${field('redemptions', say('Services à rendre dans l’année', 'Services to render in the year'), say('Un nombre entier, à partir de 1.', 'A whole number, from 1 on.'))}
<div class="field"><label for="reason">${say('Pourquoi', 'Why')}</label><textarea id="reason" name="reason" required minlength="10" maxlength="500" aria-describedby="reason-hint" ${wrong.has('reason') && html`aria-invalid="true"`}>${draft.reason}</textarea>
<p id="reason-hint" class="hint${wrong.has('reason') && ' wrong'}">${say('Avec qui c’est convenu, ou d’où vient ce nombre : dix caractères au moins. Les financeurs le lisent.', 'With whom it is agreed, or where the number is from: ten characters at least. Payers read it.')}</p></div>
<p class="field"><button class="button">${say('Voir ce qui change', 'See what changes')}</button></p></form>`;
}

export function previewPage(visit: SignedInVisit, { draft, targets, before, refused }: Previewed): Html {
  const { say } = visit;
  const title = say('Ce qui change', 'What changes');
  const wrong = wrongIn(draft);
  return signedInPage(visit, title, html`<p class="small"><a href="${backTo(draft)}">${say('Objectifs du territoire', 'Targets of the territory')}</a></p><h1>${title}</h1>
${refused !== undefined && refusedNotice(refusal(visit, refused))}
${!targets.ok ? missingPart(say, title, targets) : !maySet(visit) ? html`<div class="notice wait" role="status">${icon('clock')}<p>${say('Seul l’opérateur fixe un objectif.', 'Only the operator sets a target.')}</p></div>`
    : wrong.size > 0 ? html`${refusedNotice(say('Rien n’est fixé : corrigez ce qui est signalé.', 'Nothing is set: correct what is marked.'))}${draftForm(visit, draft, wrong)}`
      : html`${difference(visit, draft, before)}${confirmForm(visit, draft, before)}<section class="section"><h2>${say('Corriger', 'Correct it')}</h2>${draftForm(visit, draft)}</section>`}`);
}

function difference({ say, language }: SignedInVisit, { kind, code, redemptions, year, reason }: Draft, before: Target | null): Html {
  const after = wholeOf(redemptions)!;
  const more = after - (before?.redemptions ?? 0);
  const caption = say(`${KIND_NAMES[kind][0]} ${code}, ${year}`, `${KIND_NAMES[kind][1]} ${code}, ${year}`);
  const none = say('aucun', 'none');
  const rows: readonly (readonly [string, string, string])[] = [
    [say('Services visés', 'Services aimed at'), before ? count(before.redemptions, language) : none, `${count(after, language)} (${more > 0 ? '+' : ''}${count(more, language)})`],
    [say('Version', 'Version'), before ? String(before.version) : none, String((before?.version ?? 0) + 1)],
    [say('Pourquoi', 'Why'), before?.reason ?? none, reason],
  ];
  return html`<section class="section">${table(caption, [
    { head: caption, cell: ([what]: (typeof rows)[number]) => what }, { head: say('Aujourd’hui', 'Today'), cell: ([, old]) => old },
    { head: say('Ensuite', 'Then'), cell: ([, , next]) => html`<b>${next}</b>` },
  ], rows)}<p>${before === null || before.reached === null ? say('Ce qui est déjà rendu y est inconnu.', 'What is rendered there already is unknown.')
    : say(`Déjà rendus, au moins : ${count(before.reached, language)}.`, `Rendered already, at least: ${count(before.reached, language)}.`)}
${say('La version d’avant reste conservée : rien n’est effacé.', 'The version before is kept: nothing is erased.')}</p></section>`;
}

const confirmForm = ({ say }: SignedInVisit, draft: Draft, before: Target | null): Html => html`<form method="post" action="/territory/targets">
<input type="hidden" name="key" value="${uuidv7()}"><input type="hidden" name="previousVersion" value="${String(before?.version ?? 0)}">${Object.entries(draft).map(([name, value]) =>
    html`<input type="hidden" name="${name}" value="${value}">`)}
<p class="field"><button class="button">${say('Fixer cet objectif', 'Set this target')}</button></p></form>`;

const refusedNotice = (sentence: string): Html => html`<div class="notice no" role="alert">${icon('refused')}<p>${sentence}</p></div>`;

function refusal({ say }: SignedInVisit, code: string): string {
  if (code === 'target_changed') return say('Quelqu’un vient de changer cet objectif : voici la différence avec le sien.', 'Somebody has just changed this target: here is the difference to theirs.');
  if (code === 'role_missing') return say('Seul l’opérateur fixe un objectif.', 'Only the operator sets a target.');
  if (code === 'unavailable') return say('Le service n’a pas répondu : personne ne sait si c’est fixé. La différence ci-dessous le dit.', 'The service did not answer. Nobody knows whether it is set: the difference below tells.');
  return say('Rien n’est fixé : le service n’a pas accepté ces valeurs.', 'Nothing is set: the service did not take these values.');
}
