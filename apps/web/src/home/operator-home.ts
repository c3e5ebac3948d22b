// The operator's question: what waits for me? Queues first, then cover, vouchers and the bank.
import { z } from 'zod';
import { headline, part, section, table } from '../components.js';
import { amount, count, counted, day, moment, shortId } from '../format.js';
import { html, type Html } from '../html.js';
import { icon } from '../icons.js';
import { signedInPage } from '../layout.js';
import { loadRuns } from '../run/run.data.js';
import type { Read, Services } from '../services.js';
import type { SignedInVisit } from '../visit.js';
import { letterQueue, listedQueues, summedQueues } from './asked-queues.js';
import { queuesOf, type Queue } from './work-queues.js';

const list = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), nextCursor: z.string().nullable().optional() });
const credits = list(z.object({ leftCents: z.int(), bookedOn: z.string() }));
const orders = list(z.object({
  funding: z.string(), activation: z.string(), count: z.int(), mintedCount: z.int(), amountCents: z.int(), activatedCents: z.int(),
  placedAt: z.string(),
}));
const payees = list(z.object({ state: z.string(), bankState: z.string(), payableCents: z.int() }));
const programmes = list(z.object({ programmeId: z.string(), name: z.string(), usableUntil: z.string() }));
const coverage = z.object({ availableCents: z.int(), announcedCents: z.int(), activatedCents: z.int() });
const batches = list(z.object({
  batchId: z.string(), count: z.int(), loadedCount: z.int(), spendableCount: z.int(), leftCents: z.int(), usableUntil: z.string(),
}));
const accounts = list(z.object({
  name: z.string(), statedOn: z.string().nullable(), statedCents: z.int().nullable(), ledgerCents: z.int(),
  differenceCents: z.int().nullable(),
}));
const completeness = z.object({ senders: z.array(z.object({ sender: z.string(), events: z.int(), missing: z.int() })) });

const standingStops = list(z.object({ stopId: z.string(), invariant: z.string(), stoppedAt: z.string() }));

type Covered = z.output<typeof coverage> & Readonly<{ name: string; usableUntil: string }>;
/** An approver who is no operator sees fewer queues; that is no fault to report. */
const FORBIDDEN = 403;

export type OperatorHome = Readonly<{
  queues: readonly Read<Queue>[];
  stops: Read<z.output<typeof standingStops>>;
  coverage: Read<readonly Covered[]>;
  batches: Read<z.output<typeof batches>>;
  accounts: Read<z.output<typeof accounts>>;
}>;

export async function loadOperatorHome(services: Services, bearer: string): Promise<OperatorHome> {
  const get = <Schema extends z.ZodType>(path: string, schema: Schema) => services.get(path, schema, bearer);
  const [credit, order, payee, stops, summed, letters, listed, runs, complete, covered, batch, account] = await Promise.all([
    get('/issuance/credits/unmatched?limit=200', credits), get('/issuance/orders?limit=200', orders), get('/settlement/payees?limit=200', payees),
    get('/settlement/payout-stops?limit=200', standingStops), summedQueues(services, bearer), letterQueue(services, bearer), listedQueues(services, bearer),
    loadRuns(services, bearer), get('/audit/completeness', completeness),
    loadCoverage(services, bearer), get('/redemption/batches?limit=10', batches), get('/settlement/bank-accounts', accounts),
  ]);
  const queues = queuesOf({ credit, order, payee, summed: [...summed, letters], listed, runs, complete });
  return { queues, stops, coverage: covered, batches: batch, accounts: account };
}

async function loadCoverage(services: Services, bearer: string): Promise<Read<readonly Covered[]>> {
  const listed = await services.get('/issuance/programmes?limit=20', programmes, bearer);
  if (!listed.ok) return listed;
  const read = await Promise.all(listed.value.items.map(async ({ programmeId, name, usableUntil }) => {
    const found = await services.get(`/issuance/programmes/${programmeId}/coverage`, coverage, bearer);
    return found.ok ? { ok: true as const, value: { ...found.value, name, usableUntil } } : found;
  }));
  const failed = read.find((one) => !one.ok);
  return failed && !failed.ok ? failed : { ok: true, value: read.flatMap((one) => (one.ok ? [one.value] : [])) };
}

export function operatorHomePage(visit: SignedInVisit, home: OperatorHome): Html {
  const { say, language } = visit;
  const seen = home.queues.filter((queue) => queue.ok || queue.status !== FORBIDDEN);
  // What waits comes before what is empty; each part in the order of the day's work.
  const isEmpty = (queue: Read<Queue>) => queue.ok && queue.value.count === 0;
  const queues = [...seen.filter((queue) => !isEmpty(queue)), ...seen.filter(isEmpty)];
  const waiting = home.queues.reduce((sum, queue) => sum + (queue.ok ? queue.value.count : 0), 0);
  const known = queues.every((queue) => queue.ok);
  const answer = waiting === 0 && known ? say('Rien n’attend.', 'Nothing waits.') : say(`${count(waiting, language)} à traiter`, `${count(waiting, language)} to do`);
  return signedInPage(visit, say('Files de travail', 'Work lists'), html`<h1>${say('Files de travail', 'Work lists')}</h1>
${part(home.stops, say, say('Arrêts des virements', 'Payout stops'), ({ items }) => stopsNotice(visit, items))}
${headline(answer, say('Ce qui attend une personne, le plus ancien d’abord.', 'What waits for a person, the oldest first.'))}
<section class="section"><ul class="lines queues">${queues.map((queue) => html`<li>${part(queue, say, say('File', 'Queue'), (found) => queueLine(visit, found))}</li>`)}</ul></section>
${section(home.coverage, say, say('Couverture', 'Cover'), (found) => coverTable(visit, found))}
${section(home.batches, say, say('Lots de chèques', 'Batches of vouchers'), (found) => batchTable(visit, found))}
${section(home.accounts, say, say('Comptes bancaires', 'Bank accounts'), (found) => accountTable(visit, found))}`);
}

/** On top, in words: while one stands, nothing below can be paid. */
function stopsNotice({ say, language }: SignedInVisit, stops: readonly Readonly<{ stopId: string; invariant: string;
  stoppedAt: string }>[]): Html {
  if (stops.length === 0) return html``;
  const many = counted(stops.length, language, [say('arrêt est en vigueur', 'stop is in force'), say('arrêts sont en vigueur', 'stops are in force')]);
  return html`<div class="notice no stops" role="alert">${icon('refused')}<div><p><b>${say('Aucun virement ne part :', 'No payment leaves:')} ${many}.</b></p><ul>${stops.slice(0, STOPS_SHOWN).map(({ stopId, invariant, stoppedAt }) =>
    html`<li><a href="/payout-stops/${stopId}">${say('Contrôle', 'Check')} ${invariant}</a>, ${say('depuis le', 'since')} ${moment(stoppedAt, language)}</li>`)}</ul></div></div>`;
}
const STOPS_SHOWN = 5;

function queueLine({ say, language }: SignedInVisit, { french, english, count: number, cents, oldest, href }: Queue): Html {
  const name = say(french, english);
  const since = oldest && say(`le plus ancien : ${day(oldest, language)}`, `the oldest: ${day(oldest, language)}`);
  return html`<span class="what"><b>${href ? html`<a href="${href}">${name}</a>` : name}</b>${number === 0 ? say('Rien n’attend.', 'Nothing waits.') : since}</span><span><b>${
    count(number, language)}</b>${cents !== undefined && number > 0 && html` · ${amount(cents, language)}`}</span>`;
}

function coverTable({ say, language }: SignedInVisit, covered: readonly Covered[]): Html {
  if (covered.length === 0) return html`<p class="empty">${say('Aucun programme publié.', 'No programme published.')}</p>`;
  return table(say('Couverture', 'Cover'), [
    { head: say('Programme', 'Programme'), cell: ({ name }: Covered) => name },
    { head: say('Utilisable jusqu’au', 'Usable until'), cell: ({ usableUntil }) => day(usableUntil, language) },
    { head: say('Arrivé, disponible', 'Arrived, available'), number: true, cell: ({ availableCents }) => amount(availableCents, language) },
    { head: say('Annoncé', 'Announced'), number: true, cell: ({ announcedCents }) => amount(announcedCents, language) },
    { head: say('Rendu actif', 'Made active'), number: true, cell: ({ activatedCents }) => amount(activatedCents, language) },
  ], covered);
}

function batchTable({ say, language }: SignedInVisit, { items }: z.output<typeof batches>): Html {
  if (items.length === 0) return html`<p class="empty">${say('Aucun lot.', 'No batch.')}</p>`;
  return table(say('Lots de chèques', 'Batches of vouchers'), [
    { head: say('Lot', 'Batch'), cell: ({ batchId }: (typeof items)[number]) => html`<code title="${batchId}">${shortId(batchId)}</code>` },
    { head: say('Utilisable jusqu’au', 'Usable until'), cell: ({ usableUntil }) => day(usableUntil, language) },
    { head: say('Fabriqués', 'Made'), number: true, cell: (batch) => count(batch.count, language) },
    { head: say('Chargés', 'Loaded'), number: true, cell: ({ loadedCount }) => count(loadedCount, language) },
    { head: say('Utilisables', 'Usable'), number: true, cell: ({ spendableCount }) => count(spendableCount, language) },
    { head: say('Reste', 'Left'), number: true, cell: ({ leftCents }) => amount(leftCents, language) },
  ], items);
}

function accountTable({ say, language }: SignedInVisit, { items }: z.output<typeof accounts>): Html {
  if (items.length === 0) return html`<p class="empty">${say('Aucun compte ouvert.', 'No account open.')}</p>`;
  const known = (cents: number | null) => (cents === null ? say('Inconnu', 'Unknown') : amount(cents, language));
  return table(say('Comptes bancaires', 'Bank accounts'), [
    { head: say('Compte', 'Account'), cell: ({ name }: (typeof items)[number]) => name },
    { head: say('Relevé du', 'Statement of'), cell: ({ statedOn }) => day(statedOn, language) },
    { head: say('La banque dit', 'The bank says'), number: true, cell: ({ statedCents }) => known(statedCents) },
    { head: say('Le livre dit', 'The ledger says'), number: true, cell: ({ ledgerCents }) => amount(ledgerCents, language) },
    { head: say('Écart', 'Difference'), number: true, cell: ({ differenceCents }) => known(differenceCents) },
  ], items);
}
