// Who funds vouchers.
import { z } from 'zod';
import { html } from '../html.js';
import type { List } from '../lists/list.js';

export const payerShape = z.object({ payerId: z.string(), name: z.string(), siren: z.string(), siret: z.string().nullable(),
  territories: z.array(z.object({ kind: z.string(), code: z.string(), name: z.string() })) });
type Payer = z.output<typeof payerShape>;

export const payersList: List<Payer> = {
  path: '/payers', api: '/issuance/payers', item: payerShape,
  title: ['Financeurs', 'Payers'], counted: [['financeur', 'payer'], ['financeurs', 'payers']], empty: { sentence: ['Ici se liront les financeurs, une fois inscrits.', 'Here you will read payers, once registered.'] },
  columns: [
    { name: 'name', head: ['Financeur', 'Payer'], kind: 'text', value: ({ name }) => name, cell: ({ payerId, name }) => html`<a href="/payers/${payerId}">${name}</a>` },
    { name: 'siren', head: ['SIREN', 'SIREN'], kind: 'text', value: ({ siren }) => siren },
    { name: 'territories', head: ['Territoires', 'Territories'], kind: 'text', value: ({ territories }) => territories.map(({ name, code }) => `${name} (${code})`).join(', ') },
    { name: 'payerId', head: ['Identifiant', 'Id'], kind: 'text', value: ({ payerId }) => payerId, extra: true },
  ],
  filters: [{ name: 'search', words: ['Nom ou SIREN', 'Name or SIREN'], kind: 'text' }],
  totals: false,
};
