// Queues that a service counts and sums by itself, each asked with the very filters of the list that it leads to.
import { z } from 'zod';
import { SERVICES } from '../queues/queue-words.js';
import type { Read, Services } from '../services.js';
import type { ListedQueue, SummedQueue } from './work-queues.js';

type Words = readonly [french: string, english: string];
type Summed = Readonly<{ words: Words; page: string; api: string; filter: string; /** Of the column that ages,
  and of its sum. */ since: string; sum: string }>;

const SUMMED: readonly Summed[] = [
  { words: ['Anomalies à valider', 'Incidents to validate'], page: '/incidents', api: '/settlement/incidents', filter: 'state=stated', since: 'createdAt', sum: 'amountCents' },
  { words: ['Attributions du fonds commun à voter', 'Allocations of the commons to vote'], page: '/allocations', api: '/settlement/allocations', filter: 'state=proposed', since: 'proposedAt', sum: 'amountCents' },
  { words: ['Virements revenus ou refusés, à refaire', 'Payments returned or rejected, to be paid again'], page: '/payments', api: '/settlement/payments', filter: 'paidAgain=owed', since: 'createdAt', sum: 'leftCents' },
  { words: ['Notes de débit à passer en perte', 'Debit notes to write off'], page: '/debit-notes', api: '/settlement/debit-notes', filter: 'lossProposed=yes', since: 'issuedOn', sum: 'leftCents' },
  { words: ['Notes de débit à payer', 'Debit notes to be paid'], page: '/debit-notes', api: '/settlement/debit-notes', filter: 'state=open', since: 'issuedOn', sum: 'leftCents' },
  { words: ['Argent à rendre', 'Money to give back'], page: '/refunds', api: '/settlement/refunds', filter: 'state=owed', since: 'takenAt', sum: 'amountCents' },
  { words: ['Crédits de nature inconnue', 'Credits of unknown kind'], page: '/bank-lines', api: '/settlement/bank-lines', filter: 'waits=yes&side=credit', since: 'bookedOn', sum: 'amountCents' },
  { words: ['Débits que nous n’avons pas ordonnés', 'Debits that we did not order'], page: '/bank-lines', api: '/settlement/bank-lines', filter: 'waits=yes&side=debit', since: 'bookedOn', sum: 'amountCents' },
];

const counted = (since: string) => z.object({
  items: z.array(z.object({ [since]: z.string() })), totals: z.object({ count: z.int(), sums: z.record(z.string(), z.int()) }),
});

export function summedQueues(services: Services, bearer: string): Promise<readonly SummedQueue[]> {
  return Promise.all(SUMMED.map(async ({ words, page, api, filter, since, sum }): Promise<SummedQueue> => {
    const read = await services.get(`${api}?${filter}&sort=${since}&limit=1&totals=true`, counted(since), bearer);
    return { words, href: `${page}?${filter}`, read: read.ok ? { ok: true, value: { count: read.value.totals.count, cents: read.value.totals.sums[sum], oldest: read.value.items[0]?.[since] } } : read };
  }));
}

/** One line for all services: whoever looks after messages begins at the page of queues. */
export async function letterQueue(services: Services, bearer: string): Promise<SummedQueue> {
  const all = await Promise.all(SERVICES.map((service) => services.get(
    `/${service}/dead-letters?state=open&sort=failedAt&limit=1&totals=true`, counted('failedAt'), bearer,
  )));
  const missing = all.find((read) => !read.ok);
  const found = all.flatMap((read) => (read.ok ? [read.value] : []));
  const oldest = found.flatMap(({ items }) => items.map(({ failedAt }) => failedAt!)).sort()[0];
  return {
    words: ['Messages non traités', 'Messages not handled'], href: '/queues',
    read: missing && !missing.ok ? missing
      : { ok: true, value: { count: found.reduce((sum, { totals }) => sum + totals.count, 0), oldest } },
  };
}

type Listed = Readonly<{ words: Words; href: string; api: string; item: z.ZodType<{ cents: number; since: string }> }>;
/** What is behind a filter of state is short: people work it off. */
const LISTED: readonly Listed[] = [
  { words: ['Lignes en attente d’une revue', 'Lines on hold to review'], href: '/holds?state=held', api: '/settlement/holds?state=held&limit=200',
    item: z.object({ grossCents: z.int(), heldAt: z.string() }).transform(({ grossCents, heldAt }) => ({ cents: grossCents,
    since: heldAt })) },
  { words: ['Alertes à regarder', 'Alerts to look at'], href: '/alerts', api: '/audit/alerts?state=open&limit=200',
    item: z.object({ amountCents: z.int(), raisedAt: z.string() }).transform(({ amountCents, raisedAt }) => ({ cents: amountCents,
    since: raisedAt })) },
  { words: ['Recours de lieux à répondre', 'Appeals of places to answer'], href: '/appeals?open=true', api: '/redemption/appeals?open=true&limit=200',
    item: z.object({ statedAt: z.string() }).transform(({ statedAt }) => ({ cents: 0, since: statedAt })) },
  { words: ['IBAN partagés à approuver', 'Shared IBANs to approve'], href: '/iban-shares', api: '/settlement/iban-shares?limit=200',
    item: z.object({ proposedAt: z.string(), approvedAt: z.string().nullable(), withdrawnAt: z.string().nullable() })
      .transform(({ proposedAt, approvedAt, withdrawnAt }) => ({ cents: 0, since: approvedAt === null && withdrawnAt === null ? proposedAt : '' })) },
];

export function listedQueues(services: Services, bearer: string): Promise<readonly ListedQueue[]> {
  return Promise.all(LISTED.map(async ({ words, href, api, item }): Promise<ListedQueue> => {
    const read: Read<{ items: { cents: number; since: string }[] }> = await services.get(api, z.object({ items: z.array(item) }), bearer);
    return { words, href, read: read.ok ? { ok: true, value: read.value.items.filter(({ since }) => since !== '') } : read };
  }));
}
