// The figures of a programme for everybody: is the money there, what became of the vouchers, how long places waited, and how to check it.
import { SERVICE_NAMES, SERVICE_NAMES_IN_ENGLISH, type ServiceCode } from '#libs/contracts';
import { headline, missingPart, table } from '../components.js';
import { contentOf, type Statement } from '../coverage/coverage.data.js';
import { amount, count, counted, day } from '../format.js';
import { html, type Html, type Piece } from '../html.js';
import { publicPage } from '../layout.js';
import type { Read } from '../services.js';
import type { Visit } from '../visit.js';
import { checkPart, impactPart } from './recomputed-parts.js';
import { monthsOf, shownProgramme, type Checkpoint, type Month, type ProgrammeMonth, type Release } from './figures.data.js';

type Releases = Read<Readonly<{ items: readonly Release[] }>>;
export type ProgrammeFigures = Readonly<{
  releases: Releases; coverage: Read<Readonly<{ items: readonly Statement[] }>>; checkpoint: Read<Checkpoint>;
}>;
type Told = Readonly<{ month: string; figures: ProgrammeMonth }>;

export function figuresPage(visit: Visit, releases: Releases): Html {
  const { say } = visit;
  const title = say('Les chiffres, programme par programme', 'The figures, programme by programme');
  if (!releases.ok) return publicPage(visit, title, html`<h1>${title}</h1>${missingPart(say, title, releases)}`);
  const [newest] = monthsOf(releases.value.items);
  return publicPage(visit, title, html`<h1>${title}</h1>
${newest ? html`<p class="lead">${say('Chaque mois est publié une semaine après sa fin, une seule fois, et signé.', 'Each month is published a week after its end, once, and signed.')}</p>
<ul class="lines">${newest.programmes.map(({ programmeId, name }) =>
    html`<li><span class="what"><a href="/figures/${shownProgramme(programmeId)}">${name}</a></span></li>`)}</ul>${filesPart(visit)}`
    : html`<p class="empty">${say('Aucun mois n’est encore publié.', 'No month is published yet.')}</p>`}`);
}

/** 404 for a programme of which no month tells. */
export function programmePage(
  visit: Visit, programmeId: string, { releases, coverage, checkpoint }: ProgrammeFigures,
): Readonly<{ content: Html; status: number }> {
  const { say } = visit;
  const months = releases.ok ? monthsOf(releases.value.items) : [];
  const told = months.flatMap(({ month, programmes }): Told[] => {
    const figures = programmes.find((one) => one.programmeId === programmeId);
    return figures ? [{ month, figures }] : [];
  });
  const [newest] = told;
  const title = newest?.figures.name ?? say('Chiffres d’un programme', 'Figures of a programme');
  if (!newest) {
    return { status: 404, content: publicPage(visit, title, html`<h1>${title}</h1>${releases.ok
      ? html`<p class="empty">${say('Aucun mois publié ne parle de ce programme.', 'No published month tells of this programme.')}</p>` : missingPart(say, title, releases)}`) };
  }
  return { status: 200, content: publicPage(visit, title, html`<h1>${title}</h1>
<p class="lead">${say('Publié mois par mois, signé, et jamais modifié. Aucun service rendu à moins de onze personnes n’y est dit.', 'Published month by month, signed and never changed. No service of fewer than eleven people is told.')}</p>
<p><a href="/fees/${shownProgramme(programmeId)}">${say('De 10 euros, qui reçoit combien', 'Of 10 euros, who gets how much')}</a></p>
<p><a href="/territories/${shownProgramme(programmeId)}">${say('Où les services sont rendus, et où ils manquent', 'Where services are rendered, and where they are missing')}</a></p>
${moneyPart(visit, programmeId, coverage)}${funnelPart(visit, told)}${waitPart(visit, told)}${servicesPart(visit, programmeId, months)}
${impactPart(visit, programmeId, months)}${checkPart(visit, months, checkpoint)}${filesPart(visit)}`) };
}

function moneyPart(visit: Visit, programmeId: string, coverage: ProgrammeFigures['coverage']): Html {
  const { say, language } = visit;
  const title = say('L’argent est-il là ?', 'Is the money there?');
  if (!coverage.ok) return html`<section class="section"><h2>${title}</h2>${missingPart(say, title, coverage)}</section>`;
  const [statement] = coverage.value.items;
  const found = statement && contentOf(statement)?.programmes.find((one) => one.programmeId === programmeId);
  const rows = found ? [
    [say('Versé par les financeurs, pas encore activé', 'Paid by payers, not activated yet'), found.prefundCents],
    [say('Dans les mains des porteurs', 'In the hands of holders'), found.outstandingCents],
    [say('Expiré, à décider avec les financeurs', 'Expired, to be decided with the payers'), found.expiredCents],
  ] as const : [];
  return html`<section class="section"><h2>${title}</h2>${statement && rows.length > 0
    ? html`${amounts(visit, title, rows)}<p>${say('État du', 'Statement of')} ${day(statement.day, language)}. <a href="/coverage">${
      say('Ce que la banque déclare face à tout ce qui est dû', 'What the bank states against everything owed')}</a></p>`
    : html`<p class="empty">${say('Pas encore déclaré.', 'Not stated yet.')}</p>`}</section>`;
}

const amounts = ({ say, language }: Visit, caption: string, rows: readonly (readonly [string, number])[]): Html => table(caption, [
  { head: say('Quoi', 'What'), cell: ([what]: readonly [string, number]) => what },
  { head: say('Montant', 'Amount'), number: true, cell: ([, cents]) => amount(cents, language) },
], rows);

/** What is unknown, or of few people, is said to be so; it is never a zero. */
const orFew = ({ say }: Visit, value: number | null, show: (known: number) => Piece): Piece =>
  (value === null ? html`<abbr title="${say('moins de onze personnes', 'fewer than eleven people')}">&lt; 11 ${say('pers.', 'people')}</abbr>` : show(value));

function funnelPart(visit: Visit, told: readonly Told[]): Html {
  const { say, language } = visit;
  const caption = say('Ce que les chèques sont devenus', 'What became of the vouchers');
  const most = Math.max(1, ...told.map(({ figures }) => figures.redeemedCents ?? 0));
  return html`<section class="section"><h2>${caption}</h2>${table(caption, [
    { head: say('Mois', 'Month'), cell: ({ month }: Told) => month },
    { head: say('Activé', 'Activated'), number: true, cell: ({ figures }) => amount(figures.activatedCents, language) },
    { head: say('Remis', 'Handed over'), number: true, cell: ({ figures }) => orFew(visit, figures.handedOver, (value) => count(value, language)) },
    { head: say('Encaissé', 'Redeemed'), number: true, cell: ({ figures }) => orFew(visit, figures.redeemedCents, (value) => amount(value, language)) },
    { head: say('Comparé', 'Compared'), cell: ({ figures }) => (figures.redeemedCents === null ? null
      : html`<meter min="0" max="${String(most)}" value="${String(figures.redeemedCents)}">${amount(figures.redeemedCents, language)}</meter>`) },
    { head: say('Lieux', 'Places'), number: true, cell: ({ figures }) => orFew(visit, figures.places, (value) => count(value, language)) },
    { head: say('Expiré', 'Expired'), number: true, cell: ({ figures }) => amount(figures.expiredCents, language) },
  ], told)}</section>`;
}

function waitPart(visit: Visit, told: readonly Told[]): Html {
  const { say, language } = visit;
  const title = say('Combien de temps les lieux attendent', 'How long places wait');
  const [last] = told.filter(({ figures }) => figures.timeToPay !== null);
  if (!last) return html`<section class="section"><h2>${title}</h2><p class="empty">${say('Pas encore mesuré.', 'Not measured yet.')}</p></section>`;
  const days = (value: number) => counted(value, language, language === 'fr' ? ['jour', 'jours'] : ['day', 'days']);
  const { medianDays, ninthDecileDays, longestDays, lines } = last.figures.timeToPay!;
  return html`<section class="section"><h2>${title}</h2>${headline(days(medianDays), say(
    `De l’encaissement au virement, pour la moitié des ${count(lines, language)} encaissements payés en ${last.month}. Neuf sur dix : ${days(ninthDecileDays)} au plus. Le plus long : ${days(longestDays)}.`,
    `From the till to the transfer, for half of the ${count(lines, language)} redemptions paid in ${last.month}. Nine out of ten: ${days(ninthDecileDays)} at most. The longest: ${days(longestDays)}.`))}
<p>${say('Ne compte que ce qui a été payé ; ce qui reste dû est dans l’état de couverture. Ce qui a été payé d’avance, par un acompte, compte pour le jour de l’acompte : les encaissements les plus anciens d’abord, au centime, et un encaissement payé en deux fois compte pour la moyenne pesée des deux.', 'Counts only what was paid; what is still owed is in the statement of coverage. What was paid early counts by the day of the early payment: the oldest redemptions first, to the cent, and a redemption paid in two parts counts by the weighed mean of both.')}</p></section>`;
}

function servicesPart(visit: Visit, programmeId: string, months: readonly Month[]): Html {
  const { say, language } = visit;
  const names: Readonly<Record<ServiceCode, string>> = language === 'fr' ? SERVICE_NAMES : SERVICE_NAMES_IN_ENGLISH;
  const month = months.find(({ programmes }) => programmes.some((one) => one.programmeId === programmeId))!;
  const rows = month.services.filter((row) => row.programmeId === programmeId);
  const hidden = month.programmes.find((one) => one.programmeId === programmeId)!.hiddenGroups;
  const caption = `${say('Services rendus en', 'Services rendered in')} ${month.month}`;
  const left = hidden === 0 ? null : html`<p>${counted(hidden, language, language === 'fr' ? ['groupe trop petit n’est pas montré.', 'groupes trop petits ne sont pas montrés.']
    : ['group is too small to be shown.', 'groups are too small to be shown.'])}</p>`;
  return html`<section class="section"><h2>${caption}</h2>${rows.length === 0 ? html`<p class="empty">${say('Aucun groupe de onze personnes.', 'No group of eleven people.')}</p>` : table(caption, [
    { head: say('Département', 'Département'), cell: ({ departement }: (typeof rows)[number]) => departement ?? '–' },
    { head: say('Service', 'Service'), cell: ({ service }) => (service === null ? say('non dit', 'not said') : names[service as ServiceCode] ?? service) },
    { head: say('Encaissements', 'Redemptions'), number: true, cell: ({ redemptions }) => count(redemptions, language) },
    { head: say('Montant', 'Amount'), number: true, cell: ({ amountCents }) => amount(amountCents, language) },
    { head: say('Lieux', 'Places'), number: true, cell: ({ places }) => count(places, language) },
  ], rows)}${left}</section>`;
}

const FILES = [
  ['programmes', 'Programmes, mois par mois', 'Programmes, month by month'],
  ['services', 'Services rendus, par département', 'Services rendered, by département'],
  ['communes', 'Services rendus, par commune', 'Services rendered, by commune'],
  ['impact', 'Impact estimé, avec ses coefficients', 'Estimated impact, with its coefficients'],
] as const;

const filesPart = ({ say }: Visit): Html => html`<section class="section"><h2>${say('Données ouvertes', 'Open data')}</h2>
<ul class="lines">${FILES.map(([name, french, english]) => html`<li><span class="what"><b><a href="/audit/open-data/tables/${name}">${say(french, english)} (CSV)</a></b>
<a href="/audit/open-data/schemas/${name}">${say('Ce que disent les colonnes', 'What the columns say')}</a></span></li>`)}</ul></section>`;
