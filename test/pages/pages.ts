// Every page that is looked at, in one table: its name, its address, who is signed in. A new page is one line.
import type { Page } from 'playwright-core';
import type { Shown } from './open-pages.js';

export const WHO = ['nobody', 'till', 'manager', 'payer', 'distributor', 'operator', 'approver', 'auditor'] as const;
export type Who = (typeof WHO)[number];

export type PageRow = Readonly<{
  /** Of its picture, too. */
  name: string; who: Who; path: string | ((shown: Shown) => string);
  /** Where the page of the demo is one that says no. */
  status?: number;
  /** Looked at in both languages, light and dark, at 320 px and enlarged; the others once. */
  telling?: boolean;
  /** What somebody does there before it is looked at. */
  then?: (page: Page, shown: Shown) => Promise<void>;
}>;

/** Fills a field in and presses the button; waits for the page that answers. */
const send = (field: string, text: (shown: Shown) => string, ...[french, english]: [french: string, english: string]) =>
  async (page: Page, shown: Shown): Promise<void> => {
    await page.locator(`#${field}`).fill(text(shown));
    await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: new RegExp(`^(${french}|${english})$`) }).click()]);
  };
const check = (text: (shown: Shown) => string) => send('code', text, 'Vérifier ce chèque', 'Check this voucher');

export const PAGES: readonly PageRow[] = [
  { name: 'landing', who: 'nobody', path: '/', telling: true },
  { name: 'voucher', who: 'nobody', path: '/v', telling: true },
  { name: 'voucher-usable', who: 'nobody', path: '/v', telling: true, then: check(({ code }) => code(2)) },
  { name: 'voucher-mistyped', who: 'nobody', path: '/v', then: check(({ code }) => `${code(2).slice(0, 7)}!`) },
  { name: 'voucher-used', who: 'nobody', path: '/v', then: check(({ life }) => life.vouchers[0]!.code) },
  { name: 'voucher-unknown', who: 'nobody', path: '/v', then: check(() => 'DWVA-0RNJ-GS6M-7FVS-09') },
  { name: 'places', who: 'nobody', path: '/places?where=Tilleul-le-Haut' },
  { name: 'places-none', who: 'nobody', path: '/places?where=Atlantis' },
  { name: 'lost', who: 'nobody', path: '/lost' },
  { name: 'lost-stopped', who: 'nobody', path: '/lost', then: send('code', ({ code }) => code(3), 'Arrêter ce chèque', 'Stop this voucher') },
  { name: 'lost-used', who: 'nobody', path: '/lost', then: send('code', ({ life }) => life.vouchers[0]!.code, 'Arrêter ce chèque', 'Stop this voucher') },
  { name: 'lost-reported', who: 'nobody', path: '/lost', then: send('number', ({ life }) => life.vouchers.at(-1)!.serial, 'Signaler la perte', 'Report the loss') },
  { name: 'help', who: 'nobody', path: '/help' },
  { name: 'help-large', who: 'nobody', path: '/help?large=1' },
  { name: 'accessibility', who: 'nobody', path: '/accessibility' },
  { name: 'coverage', who: 'nobody', path: '/coverage' },
  { name: 'figures', who: 'nobody', path: '/figures' },
  { name: 'figures-of-programme', who: 'nobody', path: ({ programmeId }) => `/figures/${programmeId}`, status: 404 },
  { name: 'fees', who: 'nobody', path: ({ programmeId }) => `/fees/${programmeId}` },
  { name: 'checkpoints', who: 'nobody', path: '/checkpoints' },
  { name: 'sign-in', who: 'nobody', path: '/sign-in' },
  { name: 'signed-out', who: 'nobody', path: '/signed-out' },
  { name: 'till', who: 'nobody', path: '/till' },
  { name: 'till-home', who: 'till', path: '/home', telling: true },
  { name: 'till-workshop', who: 'till', path: '/workshop' },
  { name: 'till-day', who: 'till', path: '/day' },
  { name: 'till-tariffs', who: 'till', path: '/tariffs' },
  { name: 'till-place-sheet', who: 'till', path: '/place-sheet' },
  { name: 'manager-home', who: 'manager', path: '/home' },
  { name: 'manager-statements', who: 'manager', path: '/statements', telling: true },
  { name: 'manager-statement', who: 'manager', path: ({ statementId }) => `/statements/${statementId}` },
  { name: 'manager-statement-lines', who: 'manager', path: '/statement-lines' },
  { name: 'manager-invoices', who: 'manager', path: '/invoices' },
  { name: 'manager-account', who: 'manager', path: '/account' },
  { name: 'manager-paid-early', who: 'manager', path: '/paid-early' },
  { name: 'manager-tariffs', who: 'manager', path: '/tariffs' },
  { name: 'manager-accreditation', who: 'manager', path: '/accreditation' },
  { name: 'manager-statement-proof', who: 'manager', path: ({ statementId }) => `/statements/${statementId}/proof` },
  { name: 'till-devices', who: 'till', path: '/devices' },
  { name: 'till-passkeys', who: 'till', path: '/passkeys' },
  { name: 'till-second-factor', who: 'till', path: '/second-factor' },
  { name: 'till-redemptions', who: 'till', path: '/redemptions' },
  { name: 'till-menu', who: 'till', path: '/menu' },
  { name: 'manager-devices', who: 'manager', path: '/devices' },
  { name: 'manager-findings', who: 'manager', path: '/findings' },
  { name: 'payer-home', who: 'payer', path: '/home', telling: true },
  { name: 'payer-orders', who: 'payer', path: '/orders' },
  { name: 'payer-order', who: 'payer', path: ({ orderId }) => `/orders/${orderId}`, telling: true },
  { name: 'payer-new-order', who: 'payer', path: ({ programmeId }) => `/orders/new?step=check&programmeId=${programmeId}&count=100`, telling: true },
  { name: 'payer-drafts', who: 'payer', path: '/drafts' },
  { name: 'payer-invoices', who: 'payer', path: '/order-invoices' },
  { name: 'payer-vintages', who: 'payer', path: '/vintages' },
  { name: 'payer-funnel', who: 'payer', path: '/funnel' },
  { name: 'payer-impact', who: 'payer', path: '/impact' },
  { name: 'payer-findings', who: 'payer', path: '/findings' },
  { name: 'payer-search', who: 'payer', path: '/search?q=2026' },
  { name: 'payer-mandates', who: 'payer', path: '/mandates' },
  { name: 'payer-new-mandate', who: 'payer', path: '/mandates/new' },
  { name: 'distributor-home', who: 'distributor', path: '/home' },
  { name: 'distributor-hand-over', who: 'distributor', path: '/hand-over' },
  { name: 'distributor-list', who: 'distributor', path: '/hand-over/list' },
  { name: 'distributor-hand-overs', who: 'distributor', path: '/hand-overs' },
  { name: 'distributor-deliveries', who: 'distributor', path: '/deliveries' },
  { name: 'distributor-vouchers', who: 'distributor', path: '/vouchers' },
  { name: 'distributor-stock', who: 'distributor', path: '/stock' },
  { name: 'distributor-send-stock', who: 'distributor', path: '/send-stock' },
  { name: 'distributor-lost-stock', who: 'distributor', path: '/lost-stock' },
  { name: 'distributor-desks', who: 'distributor', path: '/desks' },
  { name: 'distributor-follow-up', who: 'distributor', path: '/follow-up' },
  { name: 'operator-home', who: 'operator', path: '/home' },
  { name: 'operator-search', who: 'operator', path: '/search?q=Tilleul', telling: true },
  { name: 'operator-incidents', who: 'operator', path: '/incidents' },
  { name: 'operator-debit-notes', who: 'operator', path: '/debit-notes' },
  { name: 'operator-payout-stops', who: 'operator', path: '/payout-stops' },
  { name: 'operator-allocations', who: 'operator', path: '/allocations' },
  { name: 'operator-payments', who: 'operator', path: '/payments' },
  { name: 'operator-bank-lines', who: 'operator', path: '/bank-lines' },
  { name: 'operator-bank-files', who: 'operator', path: '/bank-files' },
  { name: 'operator-payment-reports', who: 'operator', path: '/payment-reports' },
  { name: 'operator-refunds', who: 'operator', path: '/refunds' },
  { name: 'operator-own-money', who: 'operator', path: '/own-money' },
  { name: 'operator-closing-rules', who: 'operator', path: '/closing-rules' },
  { name: 'operator-early-payments', who: 'operator', path: '/early-payments' },
  { name: 'operator-early-payment-rules', who: 'operator', path: '/early-payment-rules' },
  { name: 'operator-payees', who: 'operator', path: '/payees' },
  { name: 'operator-registered-places', who: 'operator', path: '/registered-places' },
  { name: 'operator-payers', who: 'operator', path: '/payers' },
  { name: 'operator-payer', who: 'operator', path: ({ payerId }) => `/payers/${payerId}`, telling: true },
  { name: 'operator-programmes', who: 'operator', path: '/programmes' },
  { name: 'operator-books', who: 'operator', path: '/books' },
  { name: 'operator-holds', who: 'operator', path: '/holds' },
  { name: 'operator-payee-statements', who: 'operator', path: '/payee-statements' },
  { name: 'operator-team', who: 'operator', path: '/team' },
  { name: 'manager-team', who: 'manager', path: '/team' },
  { name: 'till-settings', who: 'till', path: '/settings' },
  { name: 'forgotten-password', who: 'nobody', path: '/forgotten-password' },
  { name: 'operator-runs', who: 'operator', path: '/runs' },
  { name: 'operator-alerts', who: 'operator', path: '/alerts' },
  { name: 'operator-findings', who: 'operator', path: '/findings' },
  { name: 'operator-consolidation', who: 'operator', path: '/consolidation' },
  { name: 'operator-mandates', who: 'operator', path: '/mandates' },
  { name: 'operator-new-mandate', who: 'operator', path: '/mandates/new' },
  { name: 'approver-run', who: 'approver', path: ({ runId }) => `/runs/${runId}`, telling: true },
  { name: 'auditor-home', who: 'auditor', path: '/home', telling: true },
  { name: 'auditor-desk', who: 'auditor', path: '/desk' },
  { name: 'auditor-trace', who: 'auditor', path: '/trace' },
  { name: 'auditor-rights', who: 'auditor', path: '/desk/rights' },
  { name: 'auditor-consolidation', who: 'auditor', path: '/consolidation' },
  { name: 'auditor-consolidation-accounts', who: 'auditor', path: '/consolidation/accounts?ledger=issuance&account=outstanding' },
  { name: 'auditor-consolidation-facts', who: 'auditor', path: '/consolidation/facts?ledger=issuance&account=outstanding' },
  { name: 'auditor-proofs', who: 'auditor', path: '/proofs?from=1' },
  { name: 'auditor-exports', who: 'auditor', path: '/exports' },
  { name: 'auditor-restatements', who: 'auditor', path: '/restatements' },
  { name: 'auditor-new-restatement', who: 'auditor', path: '/restatements/new' },
  { name: 'auditor-mandates', who: 'auditor', path: '/mandates' },
  { name: 'auditor-events', who: 'auditor', path: '/events/settlement' },
];
