// Whoever is paid: the legal bodies behind places, and what each is owed.
import { z } from 'zod';
import { amount } from '../format.js';
import { html } from '../html.js';
import type { List } from '../lists/list.js';
import { accountStatus, status } from '../status.js';

export const payee = z.object({
  payeeId: z.string(), legalName: z.string().nullable(), siren: z.string().nullable(), state: z.string(),
  places: z.array(z.object({ placeId: z.string(), name: z.string().nullable(), siret: z.string().nullable() })), accruedCents: z.int(),
  payableCents: z.int(), inTransitCents: z.int(),
  paidCents: z.int(), iban: z.string().nullable(), bankVersion: z.int().nullable(), bankState: z.string(),
});
export type Payee = z.output<typeof payee>;

export const payeesList: List<Payee> = {
  path: '/payees', api: '/settlement/payees', item: payee,
  title: ['Bénéficiaires des virements', 'Payees'], counted: [['bénéficiaire du virement', 'payee'], ['bénéficiaires des virements', 'payees']],
  empty: { sentence: ['Un bénéficiaire apparaît quand un premier lieu encaisse.', 'A payee appears when a first place redeems.'] },
  columns: [
    { name: 'legalName', head: ['Personne morale', 'Legal body'], kind: 'text', value: ({ legalName, places }) => legalName ?? places[0]?.name ?? null,
      cell: ({ payeeId, legalName, places }, { say }) => html`<a href="/payees/${payeeId}">${legalName ?? places[0]?.name ?? say('À compléter', 'To complete')}</a>` },
    { name: 'siren', head: ['SIREN', 'SIREN'], kind: 'text', value: ({ siren }) => siren },
    { name: 'state', head: ['État', 'State'], kind: 'text', value: ({ state }, { say }) => (state === 'complete' ? say('Complet', 'Complete') : say('À compléter', 'To complete')), cell: ({ state }, { say }) => status(state, say) },
    { name: 'bankState', head: ['Compte', 'Account'], kind: 'text', value: ({ bankState }) => bankState, cell: ({ bankState }, { say }) => accountStatus(bankState, say) },
    { name: 'places', head: ['Lieux', 'Places'], kind: 'whole', value: ({ places }) => places.length, extra: true },
    { name: 'accruedCents', head: ['En cours', 'Accrued'], kind: 'cents', value: ({ accruedCents }) => accruedCents },
    { name: 'payableCents', head: ['Dû', 'Payable'], kind: 'cents', value: ({ payableCents }) => payableCents, cell: ({ payableCents }, { language }) => amount(payableCents, language) },
    { name: 'paidCents', head: ['Viré', 'Paid'], kind: 'cents', value: ({ paidCents }) => paidCents, extra: true },
  ],
  filters: [{ name: 'search', words: ['Nom, SIREN ou lieu', 'Name, SIREN or place'], kind: 'text' }],
  totals: false,
};
