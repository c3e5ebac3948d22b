// What the bank says happened, line by line; what nobody explained waits.
import { z } from 'zod';
import { amount, day } from '../format.js';
import { headline } from '../components.js';
import { html } from '../html.js';
import type { List } from '../lists/list.js';
import { choicesOf, LINE_KINDS, SIDES, wordOf, YES_NO } from '../operator/words.js';
import { pill } from '../status.js';

export const bankLine = z.object({
  bankLineId: z.string(), bankAccountId: z.string(), kind: z.string(), finding: z.string().nullable(), side: z.enum(['credit', 'debit']), amountCents: z.int(), bookedOn: z.string(),
  references: z.array(z.string()), endToEndId: z.string().nullable(), counterparty: z.string().nullable(),
  remittance: z.string().nullable(), reasonCode: z.string().nullable(),
  bankCode: z.string().nullable(), statementRef: z.string(), identifiedAs: z.string().nullable(), waits: z.string(),
  matches: z.array(z.object({ orderId: z.string(), amountCents: z.int() })),
});
export type BankLine = z.output<typeof bankLine>;

export const bankLinesList: List<BankLine> = {
  path: '/bank-lines', api: '/settlement/bank-lines', item: bankLine,
  title: ['Banque', 'Bank'], counted: [['ligne', 'line'], ['lignes', 'lines']],
  empty: { sentence: ['Aucun relevé bancaire n’a été importé.', 'No bank statement was imported.'], next: { href: '/bank-files', words: ['Envoyer un fichier de la banque', 'Send a file of the bank'] } },
  columns: [
    { name: 'bookedOn', head: ['Le', 'On'], kind: 'day', value: ({ bookedOn }) => bookedOn, sorts: true, cell: ({ bankLineId, bookedOn }, { language }) => html`<a href="/bank-lines/${bankLineId}">${day(bookedOn, language)}</a>` },
    { name: 'kind', head: ['Nature', 'Kind'], kind: 'text', value: ({ kind }, { say }) => wordOf(LINE_KINDS, kind, say) },
    { name: 'counterparty', head: ['Qui', 'Who'], kind: 'text', value: ({ counterparty }) => counterparty, sorts: true },
    { name: 'remittance', head: ['Libellé', 'Text'], kind: 'text', value: ({ remittance }) => remittance, extra: true },
    { name: 'statementRef', head: ['Relevé', 'Statement'], kind: 'text', value: ({ statementRef }) => statementRef, extra: true },
    { name: 'waits', head: ['Attend', 'Waits'], kind: 'text', value: ({ waits }, { say }) => wordOf(YES_NO, waits, say), cell: ({ waits }, { say }) => (waits === 'yes' ? pill('wait', say('À expliquer', 'To explain')) : pill('ok', say('Expliquée', 'Explained'))) },
    { name: 'side', head: ['Sens', 'Side'], kind: 'text', value: ({ side }, { say }) => wordOf(SIDES, side, say) },
    { name: 'amountCents', head: ['Montant', 'Amount'], kind: 'cents', value: ({ amountCents }) => amountCents, sorts: true, sum: 'amountCents' },
  ],
  filters: [
    { name: 'waits', words: ['Attend une explication', 'Waits to be explained'], kind: 'choice', choices: choicesOf(YES_NO) },
    { name: 'kind', words: ['Nature', 'Kind'], kind: 'choice', choices: choicesOf(LINE_KINDS) },
    { name: 'side', words: ['Sens', 'Side'], kind: 'choice', choices: choicesOf(SIDES) },
    { name: 'counterparty', words: ['Qui', 'Who'], kind: 'text' },
    { name: 'remittance', words: ['Libellé', 'Text'], kind: 'text' },
    { name: 'endToEndId', words: ['Référence du virement', 'Reference of the payment'], kind: 'text' },
    { name: 'bookedOn', words: ['Jour', 'Day'], kind: 'days' },
    { name: 'amountCents', words: ['Montant', 'Amount'], kind: 'amounts' },
  ],
  totals: true,
  above: ({ say, language }, totals) => html`${totals && headline(amount(totals.sums['amountCents'] ?? 0, language), say('de mouvements dans cette liste, crédits et débits ensemble.', 'of movements in this list, credits and debits together.'))}
<p class="field"><a class="button" href="/bank-files">${say('Envoyer un fichier de la banque', 'Send a file of the bank')}</a> <a href="/bank-lines?waits=yes">${say('Seulement ce qui attend', 'Only what waits')}</a> · <a href="/credits">${say('Crédits à rapprocher', 'Credits to match')}</a> · <a href="/books">${say('Livre des comptes', 'Books')}</a></p>`,
};
