// Where services are rendered, as the operator looks at them.
import { z } from 'zod';
import { html } from '../html.js';
import type { List } from '../lists/list.js';
import { pill } from '../status.js';

export const place = z.object({
  placeId: z.string(), siret: z.string().nullable(), name: z.string(), accreditable: z.boolean(), street: z.string().nullable(),
  postalCode: z.string().nullable(), commune: z.string().nullable(),
  accreditations: z.array(z.object({ programmeId: z.string(), accreditationVersion: z.int(), from: z.string(), to: z.string(),
  services: z.array(z.string()) })),
});
export type Place = z.output<typeof place>;

export const placesList: List<Place> = {
  path: '/registered-places', api: '/redemption/places', item: place,
  title: ['Lieux', 'Places'], counted: [['lieu', 'place'], ['lieux', 'places']],
  empty: { sentence: ['Ici se liront les lieux, une fois la liste nationale importée.', 'Here you will read places, once the national list was imported.'] },
  columns: [
    { name: 'name', head: ['Lieu', 'Place'], kind: 'text', value: ({ name }) => name, cell: ({ placeId, name }) => html`<a href="/registered-places/${placeId}">${name}</a>` },
    { name: 'commune', head: ['Commune', 'Commune'], kind: 'text', value: ({ commune, postalCode }) => [postalCode, commune].filter((one) => one !== null).join(' ') },
    { name: 'siret', head: ['SIRET', 'SIRET'], kind: 'text', value: ({ siret }) => siret },
    { name: 'accreditations', head: ['Agréments', 'Accreditations'], kind: 'whole', value: ({ accreditations }) => accreditations.length },
    { name: 'accreditable', head: ['Peut être payé', 'Can be paid'], kind: 'text', value: ({ accreditable }, { say }) => (accreditable ? say('Oui', 'Yes') : say('SIRET manquant', 'SIRET missing')),
      cell: ({ accreditable }, { say }) => (accreditable ? pill('ok', say('Oui', 'Yes')) : pill('wait', say('SIRET manquant', 'SIRET missing'))) },
  ],
  filters: [
    { name: 'search', words: ['Nom, commune, code postal ou SIRET', 'Name, commune, postal code or SIRET'], kind: 'text' },
    { name: 'accreditable', words: ['Peut être payé', 'Can be paid'], kind: 'choice', choices: ({ say }) => [['true', say('Oui', 'Yes')], ['false', say('Non', 'No')]] },
  ],
  totals: false,
};
