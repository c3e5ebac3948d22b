// Who funds vouchers.
import { z } from 'zod';
import type { List } from '../lists/list.js';

const item = z.object({ payerId: z.string(), name: z.string(), siren: z.string(), siret: z.string().nullable(),
  territories: z.array(z.object({ kind: z.string(), code: z.string(), name: z.string() })) });
type Payer = z.output<typeof item>;

export const payersList: List<Payer> = {
  path: '/payers', api: '/issuance/payers', item,
  title: ['Financeurs', 'Payers'], counted: [['financeur', 'payer'], ['financeurs', 'payers']], empty: { sentence: ['Ici se liront les financeurs, une fois inscrits.', 'Here you will read payers, once registered.'] },
  columns: [
    { name: 'name', head: ['Financeur', 'Payer'], kind: 'text', value: ({ name }) => name }, { name: 'siren', head: ['SIREN', 'SIREN'], kind: 'text', value: ({ siren }) => siren },
    { name: 'territories', head: ['Territoires', 'Territories'], kind: 'text', value: ({ territories }) => territories.map(({ name, code }) => `${name} (${code})`).join(', ') },
    { name: 'payerId', head: ['Identifiant', 'Id'], kind: 'text', value: ({ payerId }) => payerId, extra: true },
  ],
  filters: [{ name: 'search', words: ['Nom ou SIREN', 'Name or SIREN'], kind: 'text' }],
  totals: false,
};
