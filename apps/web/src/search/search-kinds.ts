// What can be searched: a list that exists, who may ask it, as its service's route says, and the filter of each form of what is typed.
import { allocationsList } from '../allocations/allocations.list.js';
import { bankLinesList } from '../bank/bank-lines.list.js';
import { debitNotesList } from '../debit-notes/debit-notes.list.js';
import { incidentsList } from '../incidents/incidents.list.js';
import type { Words } from '../lists/list.js';
import { redemptionsList } from '../lists/redemptions.list.js';
import { invoicesList } from '../orders/invoices.list.js';
import { ordersList } from '../orders/orders.list.js';
import { refundsList } from '../owed-refunds/refunds.list.js';
import { payeesList } from '../payees/payees.list.js';
import { payersList } from '../payers/payers.list.js';
import { paymentsList } from '../payments/payments.list.js';
import { placesList } from '../registered-places/places.list.js';
import { statementLinesList } from '../statements/statement-lines.list.js';
import { statementsList } from '../statements/statements.list.js';
import { SERIAL } from './search-term.js';
import { payeeStatementsList } from '../payee-statements/payee-statements.list.js';
import { searched, type Searched } from './searched-list.js';

const RUNS_MONEY = ['operator', 'approver', 'auditor'] as const;

/** In the order in which they are shown. */
export const SEARCHED: readonly Searched[] = [
  searched(ordersList, { roles: ['payer'], by: { reference: 'reference', amount: 'amountCents' } }),
  searched(invoicesList, { roles: ['payer'], by: { number: 'number' } }),
  searched(statementsList, { roles: ['manager'], by: { payment: 'reference', amount: 'toPayCents' } }),
  searched(redemptionsList, { roles: ['till', 'manager'], by: { amount: 'amountCents', name: 'programmeName' } }),
  searched(statementLinesList, { roles: ['manager'], by: { amount: 'grossCents', name: 'placeName' } }),
  searched(payeesList, { roles: RUNS_MONEY, by: { name: 'search' } }),
  searched(placesList, { roles: ['operator', 'auditor'], by: { name: 'search' } }),
  searched(payersList, { roles: ['operator', 'auditor'], by: { name: 'search' } }),
  searched(paymentsList, { roles: RUNS_MONEY, by: { payment: 'endToEndId', amount: 'amountCents', name: 'legalName' } }),
  searched(bankLinesList, { roles: ['operator', 'approver'], by: {
    payment: 'endToEndId', reference: 'remittance', number: 'remittance', amount: 'amountCents', name: 'counterparty',
  } }),
  searched(payeeStatementsList, { roles: RUNS_MONEY, by: { payment: 'reference', amount: 'toPayCents', name: 'legalName' } }),
  searched(refundsList, { roles: RUNS_MONEY, by: { amount: 'amountCents', name: 'legalName' } }),
  searched(allocationsList, { roles: RUNS_MONEY, by: { amount: 'amountCents', name: 'legalName' } }),
  searched(incidentsList, { roles: RUNS_MONEY, by: { amount: 'amountCents', name: 'legalName' } }),
  searched(debitNotesList, { roles: RUNS_MONEY, by: { number: 'number', amount: 'leftCents', name: 'legalName' } }),
];

/** The page of an id, by its letters, for whoever has such a page; the way of a cent begins with most others. */
const PAGES: Readonly<Record<string, Readonly<{ words: Words; href: (id: string) => string; roles: readonly string[] }>[]>> = {
  ord: [{ words: ['Commande', 'Order'], href: (id) => `/orders/${id}`, roles: ['payer'] }],
  red: [{ words: ['Encaissement', 'Redemption'], href: (id) => `/redemptions/${id}`, roles: ['manager'] }],
  stm: [
    { words: ['Relevé', 'Statement'], href: (id) => `/statements/${id}`, roles: ['manager'] },
    { words: ['Relevé', 'Statement'], href: (id) => `/payee-statements/${id}`, roles: RUNS_MONEY },
  ],
  bkn: [{ words: ['Ligne de banque', 'Bank line'], href: (id) => `/bank-lines/${id}`, roles: ['operator', 'approver'] }],
  run: [{ words: ['Remboursements', 'Reimbursements'], href: (id) => `/runs/${id}`, roles: RUNS_MONEY }],
  pyr: [{ words: ['Financeur', 'Payer'], href: (id) => `/payers/${id}`, roles: ['operator', 'auditor'] }],
  pye: [{ words: ['Bénéficiaire', 'Payee'], href: (id) => `/payees/${id}`, roles: RUNS_MONEY }],
  plc: [{ words: ['Lieu', 'Place'], href: (id) => `/registered-places/${id}`, roles: ['operator', 'auditor'] }],
  icd: [{ words: ['Anomalie', 'Incident'], href: (id) => `/incidents/${id}`, roles: RUNS_MONEY }],
  dbn: [{ words: ['Note de débit', 'Debit note'], href: (id) => `/debit-notes/${id}`, roles: RUNS_MONEY }],
};
const TRACED = /^(?:bkn|ord|bat|red|clm|stm|pin|rfd|alc)_|^MR[0-9a-f]{32}$/i;

export type Way = Readonly<{ words: Words; href: string }>;

/** Where an id, a serial or a payment's reference leads by itself, without asking any list. */
export function waysOf(text: string, roles: readonly string[]): readonly Way[] {
  const mayAny = (wanted: readonly string[]): boolean => wanted.some((role) => roles.includes(role));
  const pages = (PAGES[text.slice(0, 3)] ?? []).filter((page) => /^[a-z]{3}_/.test(text) && mayAny(page.roles))
    .map(({ words, href }) => ({ words, href: href(text) }));
  const traced = (TRACED.test(text) || SERIAL.test(text)) && mayAny(RUNS_MONEY)
    ? [{ words: ['Suivre un centime', 'Follow a cent'] as const, href: `/trace?${new URLSearchParams({ of: text })}` }] : [];
  const where = SERIAL.test(text) && roles.includes('distributor')
    ? [{ words: ['Ce chèque ou ce carnet', 'This voucher or booklet'] as const, href: `/vouchers?${new URLSearchParams({ serial: text })}` }] : [];
  return [...pages, ...where, ...traced];
}
