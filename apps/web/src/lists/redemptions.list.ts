// What a place redeemed, whenever it was.
import { z } from 'zod';
import { SERVICE_CODES } from '#libs/contracts';
import { amount, shortId } from '../format.js';
import { headline } from '../components.js';
import { html, type Html } from '../html.js';
import { serviceName } from '../service-choice.js';
import { pill } from '../status.js';
import type { List, Words } from './list.js';

const item = z.object({
  redemptionId: z.string(), redeemedAt: z.string(), serviceDate: z.string(), programmeName: z.string(), service: z.string().nullable(),
  amountCents: z.int(), keptCents: z.int(), state: z.enum(['redeemed', 'undone']),
});
type Redemption = z.output<typeof item>;

const STATES: Readonly<Record<Redemption['state'], Words>> = { redeemed: ['Encaissé', 'Redeemed'], undone: ['Annulé', 'Undone'] };

export const redemptionsList: List<Redemption> = {
  path: '/redemptions', api: '/redemption/redemptions/history', item,
  title: ['Encaissements', 'Redemptions'], counted: [['encaissement', 'redemption'], ['encaissements', 'redemptions']],
  empty: { sentence: ['Ici se liront vos encaissements.', 'Here you will read what you redeemed.'], next: { href: '/home', words: ['Encaisser un chèque', 'Redeem a voucher'] } },
  columns: [
    { name: 'redeemedAt', head: ['Encaissé le', 'Redeemed'], kind: 'moment', value: ({ redeemedAt }) => redeemedAt, sorts: true },
    { name: 'serviceDate', head: ['Service du', 'Service of'], kind: 'day', value: ({ serviceDate }) => serviceDate, sorts: true },
    { name: 'programmeName', head: ['Programme', 'Programme'], kind: 'text', value: ({ programmeName }) => programmeName, sorts: true },
    { name: 'service', head: ['Service rendu', 'Service rendered'], kind: 'text', value: ({ service }, visit) => service && serviceName(service, visit), extra: true },
    { name: 'receipt', head: ['Reçu', 'Receipt'], kind: 'text', value: ({ redemptionId }) => redemptionId, cell: ({ redemptionId }, { person }) => receipt(redemptionId, person.organisation.kind === 'place'), extra: true },
    { name: 'state', head: ['État', 'State'], kind: 'text', value: ({ state }, { say }) => say(...STATES[state]), cell: ({ state }, { say }) => pill(state === 'redeemed' ? 'ok' : 'mute', say(...STATES[state])) },
    { name: 'amountCents', head: ['Montant', 'Amount'], kind: 'cents', value: ({ amountCents }) => amountCents, sorts: true, sum: 'keptCents' },
  ],
  filters: [
    { name: 'redeemedAt', words: ['Encaissé', 'Redeemed'], kind: 'days' },
    { name: 'amountCents', words: ['Montant', 'Amount'], kind: 'amounts' },
    { name: 'programmeName', words: ['Programme', 'Programme'], kind: 'text' },
    { name: 'state', words: ['État', 'State'], kind: 'choice', choices: ({ say }) => Object.entries(STATES).map(([value, words]) => [value, say(...words)] as const) },
    { name: 'service', words: ['Service rendu', 'Service rendered'], kind: 'choice', choices: (visit) => SERVICE_CODES.map((code) => [code, serviceName(code, visit)] as const) },
  ],
  totals: true,
  above: ({ say, language }, totals) => totals && headline(amount(totals.sums['keptCents'] ?? 0, language), say('encaissés, annulations déduites.', 'redeemed, without what was undone.')),
};

/** A place sees behind it who got how many cents. */
const receipt = (redemptionId: string, opens: boolean): Html => (opens
  ? html`<a href="/redemptions/${redemptionId}"><code>${shortId(redemptionId)}</code></a>` : html`<code title="${redemptionId}">${shortId(redemptionId)}</code>`);
