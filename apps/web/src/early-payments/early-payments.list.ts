// What the commons paid early of what is due to places, as the operator looks at it: how much is still to be taken off statements.
import { headline } from '../components.js';
import { amount, moment } from '../format.js';
import { html } from '../html.js';
import type { List } from '../lists/list.js';
import { statusWord, status } from '../status.js';
import { earlyPayment, endWords, STATES, type EarlyPayment, type End } from './early-payment.words.js';

export const earlyPaymentsList: List<EarlyPayment> = {
  path: '/early-payments', api: '/settlement/early-payments', item: earlyPayment,
  title: ['Acomptes', 'Early payments'], counted: [['acompte', 'early payment'], ['acomptes', 'early payments']],
  empty: {
    sentence: ['Ici se liront les acomptes : une part de ce qui est dû à un lieu, payée avant son relevé.', 'Here you will read early payments: a part of what is due to a place, paid before its statement.'],
    next: { href: '/early-payment-rules', words: ['Voir les règles des acomptes', 'See the rules of early payments'] },
  },
  columns: [
    { name: 'askedAt', head: ['Demandé le', 'Asked for'], kind: 'moment', value: ({ askedAt }) => askedAt, sorts: true, cell: ({ askedAt }, { language }) => moment(askedAt, language) },
    { name: 'legalName', head: ['Bénéficiaire', 'Payee'], kind: 'text', value: ({ legalName }) => legalName, sorts: true,
      cell: ({ payeeId, legalName }, { say }) => html`<a href="/payees/${payeeId}">${legalName ?? say('à compléter', 'to be completed')}</a>` },
    { name: 'state', head: ['État', 'State'], kind: 'text', value: ({ state }, { say }) => statusWord(state, say), cell: ({ state }, { say }) => status(state, say) },
    { name: 'ends', head: ['Comment il a fini', 'How it ended'], kind: 'text', value: ({ ends }, visit) => ends.map((end) => endWords(end, visit)).join(' ; '),
      cell: ({ ends }, visit) => ends.map((end) => html`<div>${endCell(end, endWords(end, visit))}</div>`) },
    { name: 'dueCents', head: ['Dû à ce moment', 'Due at that moment'], kind: 'cents', value: ({ dueCents }) => dueCents, extra: true },
    { name: 'askedBy', head: ['Demandé par', 'Asked for by'], kind: 'text', value: ({ askedBy }) => askedBy, extra: true },
    { name: 'leftCents', head: ['Reste à déduire', 'Left to take off'], kind: 'cents', value: ({ leftCents }) => leftCents, sum: 'leftCents' },
    { name: 'amountCents', head: ['Montant', 'Amount'], kind: 'cents', value: ({ amountCents }) => amountCents, sorts: true, sum: 'amountCents' },
  ],
  filters: [
    { name: 'state', words: ['État', 'State'], kind: 'choice', choices: ({ say }) => STATES.map((state) => [state, statusWord(state, say)] as const) },
    { name: 'legalName', words: ['Bénéficiaire', 'Payee'], kind: 'text' },
    { name: 'askedAt', words: ['Demandé', 'Asked for'], kind: 'days' },
    { name: 'amountCents', words: ['Montant', 'Amount'], kind: 'amounts' },
  ],
  totals: true,
  above: ({ say, language }, totals) => html`${totals && headline(amount(totals.sums['leftCents'] ?? 0, language), say('dans cette liste, à déduire des prochains relevés. Le fonds commun les retrouve alors.', 'in this list, to be taken off the next statements. The commons have them back then.'))}
<p class="field"><a class="button" href="/early-payment-rules">${say('Règles des acomptes', 'Rules of early payments')}</a></p>`,
};

const endCell = ({ statementId }: End, words: string) => (statementId === null ? words : html`<a href="/payee-statements/${statementId}">${words}</a>`);
