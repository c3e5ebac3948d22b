// Credits of which something is not matched to an order, oldest first, with the order that each most likely pays.
import { amount, day } from '../format.js';
import { html } from '../html.js';
import type { List } from '../lists/list.js';
import { wordOf } from '../operator/words.js';
import { candidateWord, credit, OUTCOMES, type Credit } from './credit.js';

export const creditsList: List<Credit> = {
  path: '/credits', api: '/issuance/credits/unmatched', item: credit,
  title: ['Crédits à rapprocher', 'Credits to match'], counted: [['crédit', 'credit'], ['crédits', 'credits']],
  empty: { sentence: ['Tout ce qui est arrivé paie une commande.', 'Everything that arrived pays an order.'] },
  columns: [
    { name: 'bookedOn', head: ['Arrivé le', 'Arrived'], kind: 'day', value: ({ bookedOn }) => bookedOn, cell: ({ bankLineId, bookedOn }, { language }) => html`<a href="/bank-lines/${bankLineId}">${day(bookedOn, language)}</a>` },
    { name: 'outcome', head: ['Pourquoi il attend', 'Why it waits'], kind: 'text', value: ({ outcome }, { say }) => wordOf(OUTCOMES, outcome, say) },
    { name: 'candidate', head: ['Commande la plus probable', 'Likeliest order'], kind: 'text', value: ({ candidates }, visit) => candidateWord(candidates[0], visit) },
    { name: 'setAside', head: ['Mis de côté', 'Set aside'], kind: 'text', value: ({ setAside }) => setAside?.reason ?? '', extra: true },
    { name: 'amountCents', head: ['Montant', 'Amount'], kind: 'cents', value: ({ amountCents }) => amountCents },
    { name: 'leftCents', head: ['Reste', 'Left'], kind: 'cents', value: ({ leftCents }) => leftCents, cell: ({ leftCents }, { language }) => amount(leftCents, language) },
  ],
  filters: [{ name: 'setAside', words: ['Mis de côté', 'Set aside'], kind: 'choice', choices: ({ say }) => [['true', say('Oui', 'Yes')], ['false', say('Non', 'No')]] }],
  totals: false,
};
