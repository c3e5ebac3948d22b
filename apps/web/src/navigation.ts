// Where one can go, by what the organisation is: at the side, and on a phone the first four at the bottom with the rest
// behind *Plus*.
import { html, type Html } from './html.js';
import { icon, type IconName } from './icons.js';
import type { Membership } from './sessions.js';
import type { SignedInVisit } from './visit.js';

export type Entry = Readonly<{
  href: string; /** Pages that belong to it. */ under?: string; icon: IconName; french: string; english: string;
  /** Shown to this role only. */ role?: string;
  /** Where the words are too long for a fifth of a phone. */ short?: readonly [french: string, english: string];
}>;
/** The first group has no name: what is needed every day. */
export type Group = Readonly<{ name: readonly [french: string, english: string] | null; entries: readonly Entry[] }>;

const FINDINGS = { href: '/findings', icon: 'events', french: 'Constats', english: 'Findings' } as const satisfies Entry;
const MANDATES = { href: '/mandates', icon: 'closed', french: 'Mandats', english: 'Mandates' } as const satisfies Entry;
const ALERTS = { href: '/alerts', under: '/alert-rules', icon: 'clock', french: 'Alertes', english: 'Alerts' } as const satisfies Entry;
const TERRITORY = { href: '/territory', icon: 'place', french: 'Territoire', english: 'Territory' } as const satisfies Entry;
const BALANCE = { href: '/consolidation', icon: 'tariff', french: 'Balance', english: 'Trial balance', short: ['Balance', 'Balance'] } as const satisfies Entry;
const LOOKED_AT = { href: '/impersonations', icon: 'scan', french: 'Consultations', english: 'Looked at' } as const satisfies Entry;
const API_KEYS = { href: '/api-keys', icon: 'device', french: 'Clés d’accès', english: 'API keys' } as const satisfies Entry;
const NAVIGATION: Readonly<Record<Membership['kind'], readonly Group[]>> = {
  payer: [
    { name: null, entries: [
      { href: '/home', icon: 'home', french: 'Accueil', english: 'Home' }, { href: '/orders', icon: 'voucher', french: 'Commandes', english: 'Orders' },
      { href: '/drafts', icon: 'clock', french: 'Brouillons et devis', english: 'Drafts and quotes', short: ['Devis', 'Quotes'] },
      { href: '/order-invoices', icon: 'money', french: 'Factures', english: 'Invoices' },
    ] },
    { name: ['Suivi', 'Follow-up'], entries: [
      { href: '/funnel', icon: 'scan', french: 'Parcours des chèques', english: 'Way of the vouchers' },
      { href: '/vintages', icon: 'hourglass', french: 'Échéances', english: 'Ends of validity' },
      { href: '/contradictory-statements', icon: 'closed', french: 'Comptes des commandes', english: 'Accounts of orders' },
      { href: '/extensions', icon: 'clock', french: 'Dates plus tardives', english: 'Later dates' },
      { href: '/impact', icon: 'people', french: 'Impact', english: 'Impact' }, TERRITORY, FINDINGS, MANDATES, API_KEYS, LOOKED_AT,
    ] },
  ],
  place: [
    { name: null, entries: [
      { href: '/home', icon: 'scan', french: 'Encaisser', english: 'Redeem' }, { href: '/workshop', icon: 'people', french: 'Atelier', english: 'Workshop' },
      { href: '/day', icon: 'day', french: 'Aujourd’hui', english: 'Today' },
      { href: '/statements', icon: 'money', french: 'Remboursements', english: 'Reimbursements', short: ['Argent', 'Money'], role: 'manager' },
      { href: '/redemptions', icon: 'voucher', french: 'Encaissements', english: 'Redemptions', short: ['Historique', 'History'] },
    ] },
    { name: ['Argent', 'Money'], entries: [
      { href: '/statement-lines', icon: 'events', french: 'Lignes des relevés', english: 'Statement lines', role: 'manager' },
      { href: '/paid-early', icon: 'clock', french: 'Acompte', english: 'Early payment', role: 'manager' },
      { href: '/account', icon: 'bank', french: 'Compte bancaire', english: 'Bank account', role: 'manager' },
      { href: '/invoices', icon: 'print', french: 'Factures', english: 'Invoices', role: 'manager' },
    ] },
    { name: ['Le lieu', 'The place'], entries: [
      { href: '/tariffs', icon: 'tariff', french: 'Prestations et tarifs', english: 'Services and tariffs' },
      { href: '/accreditation', icon: 'tasks', french: 'Agrément', english: 'Accreditation', role: 'manager' },
      { href: '/place-sheet', icon: 'place', french: 'Fiche du lieu', english: 'Sheet of the place' },
      { href: '/devices', icon: 'device', french: 'Appareils', english: 'Devices' }, { ...FINDINGS, role: 'manager' }, { ...API_KEYS, role: 'manager' },
      { ...LOOKED_AT, role: 'manager' },
    ] },
  ],
  distributor: [
    { name: null, entries: [
      { href: '/home', icon: 'home', french: 'Stock', english: 'Stock' }, { href: '/hand-over', icon: 'voucher', french: 'Remettre', english: 'Hand over' },
      { href: '/hand-overs', icon: 'people', french: 'Remises', english: 'Hand-overs' },
      { href: '/deliveries', icon: 'underway', french: 'Réceptions', english: 'Deliveries' },
    ] },
    { name: ['Suivi', 'Follow-up'], entries: [
      { href: '/follow-up', icon: 'clock', french: 'À relancer', english: 'To follow up' },
      { href: '/vouchers', icon: 'trace', french: 'Chercher, arrêter', english: 'Find, stop' },
    ] },
    { name: ['Le stock', 'The stock'], entries: [
      { href: '/stock', icon: 'events', french: 'Lots', english: 'Batches' },
      { href: '/send-stock', icon: 'send', french: 'Envoyer ou rendre', english: 'Send or give back' },
      { href: '/lost-stock', icon: 'refused', french: 'Déclarer une perte', english: 'Note a loss' },
      { href: '/desks', icon: 'device', french: 'Guichets', english: 'Desks' }, API_KEYS, LOOKED_AT,
    ] },
  ],
  operator: [
    { name: null, entries: [{ href: '/home', icon: 'home', french: 'Files de travail', english: 'Work lists', short: ['Files', 'Lists'] }] },
    { name: ['Argent', 'Money'], entries: [
      { href: '/runs', icon: 'money', french: 'Remboursements', english: 'Reimbursements', short: ['À payer', 'To pay'] }, { href: '/payee-statements', icon: 'events', french: 'Relevés', english: 'Statements' },
      { href: '/payments', icon: 'send', french: 'Virements', english: 'Payments' }, { href: '/bank-lines', icon: 'bank', french: 'Banque', english: 'Bank' },
      { href: '/incidents', icon: 'undo', french: 'Anomalies', english: 'Incidents' }, { href: '/debit-notes', icon: 'refused', french: 'Notes de débit', english: 'Debit notes' },
      { href: '/refunds', icon: 'undo', french: 'Argent à rendre', english: 'Money to give back' }, { href: '/allocations', icon: 'people', french: 'Fonds commun', english: 'Commons' },
      { href: '/early-payments', under: '/early-payment-rules', icon: 'clock', french: 'Acomptes', english: 'Early payments' },
      { href: '/own-money', icon: 'money', french: 'Argent de l’opérateur', english: 'Own money' }, { href: '/books', icon: 'events', french: 'Livre des comptes', english: 'Books' },
    ] },
    { name: ['Commandes', 'Orders'], entries: [
      { href: '/all-orders', icon: 'voucher', french: 'Commandes', english: 'Orders' }, { href: '/contradictory-statements', icon: 'closed', french: 'Comptes des commandes', english: 'Accounts of orders' },
      { href: '/extensions', icon: 'clock', french: 'Dates plus tardives', english: 'Later dates' },
    ] },
    { name: ['Réseau', 'Network'], entries: [
      { href: '/payees', icon: 'people', french: 'Bénéficiaires', english: 'Payees' }, { href: '/registered-places', icon: 'home', french: 'Lieux', english: 'Places' },
      { href: '/payers', icon: 'bank', french: 'Financeurs', english: 'Payers' }, TERRITORY,
      { href: '/imports', icon: 'events', french: 'Listes à importer', english: 'Lists to import' },
    ] },
    { name: ['Règles et contrôle', 'Rules and control'], entries: [
      { href: '/programmes', icon: 'voucher', french: 'Programmes et règles', english: 'Programmes and rules' }, { href: '/closing-rules', icon: 'closed', french: 'Arrêtés', english: 'Closings' },
      { href: '/place-charges', icon: 'money', french: 'Frais annuels', english: 'Yearly charges' }, { href: '/stripe-account', icon: 'device', french: 'Compte Stripe', english: 'Stripe account' },
      { href: '/holds', icon: 'hourglass', french: 'Lignes en attente', english: 'Lines on hold' }, { href: '/appeals', icon: 'events', french: 'Recours', english: 'Appeals' },
      { href: '/departures', icon: 'events', french: 'Départs de lieux', english: 'Departures of places' },
      ALERTS, FINDINGS, { href: '/payout-stops', icon: 'refused', french: 'Arrêts des virements', english: 'Payout stops' },
      { href: '/queues', under: '/dead-letters', icon: 'send', french: 'Files de messages', english: 'Message queues' },
      { href: '/trace', icon: 'trace', french: 'Suivre un centime', english: 'Follow a cent', short: ['Suivre', 'Follow'] }, BALANCE, MANDATES, LOOKED_AT,
      { href: '/organisation-keys', icon: 'device', french: 'Clés des organisations', english: 'Keys of organisations' },
    ] },
  ],
  auditor: [
    { name: null, entries: [
      { href: '/desk', under: '/findings', icon: 'events', french: 'Bureau', english: 'Desk' },
      { href: '/trace', icon: 'trace', french: 'Suivre un centime', english: 'Follow a cent', short: ['Suivre', 'Follow'] }, { href: '/home', under: '/events', icon: 'home', french: 'Contrôles', english: 'Checks' },
      { href: '/runs', icon: 'money', french: 'Remboursements', english: 'Reimbursements', short: ['Virements', 'Payments'] },
      ALERTS,
    ] },
    { name: ['Livres et preuves', 'Books and proofs'], entries: [
      BALANCE, { href: '/proofs', icon: 'done', french: 'Preuves', english: 'Proofs' },
      { href: '/exports', icon: 'send', french: 'Exports', english: 'Exports' }, MANDATES,
    ] },
  ],
};
/** That fit at the bottom of a phone, beside *Plus*. */
const AT_THE_BOTTOM = 4;

/** The groups with the entries that this person's roles show; without groups that are empty. */
export function groupsOf({ kind, roles }: Membership): readonly Group[] {
  const isShown = ({ role }: Entry): boolean => role === undefined || roles.includes(role);
  return NAVIGATION[kind].map(({ name, entries }) => ({ name, entries: entries.filter(isShown) }))
    .filter(({ entries }) => entries.length > 0);
}

export function sideBar(visit: SignedInVisit): Html {
  const { say } = visit;
  const groups = groupsOf(visit.person.organisation);
  const all = groups.flatMap(({ entries }) => entries);
  const beyond = all.length > AT_THE_BOTTOM ? all.slice(AT_THE_BOTTOM) : [];
  return html`<nav class="nav" aria-label="${say('Navigation', 'Navigation')}">${groups.map(({ name, entries }) => html`${
    name && html`<p class="group">${say(...name)}</p>`}${entries.map((entry) => link(visit, entry, beyond.includes(entry) ? 'beyond' : ''))}`)}${
    beyond.length > 0 && link(visit, { href: '/menu', icon: 'more', french: 'Plus', english: 'More' }, 'more')}</nav>`;
}

function link({ say, path }: SignedInVisit, { href, under = href, icon: name, french, english, short }: Entry, kind: string): Html {
  const words = short ? html`<span class="long">${say(french, english)}</span><span class="short">${say(...short)}</span>` : say(french, english);
  return html`<a href="${href}" ${kind && html`class="${kind}"`} ${isAt(path, href) || isAt(path, under) ? html`aria-current="page"` : ''}>${icon(name)}${words}</a>`;
}

/** `/statements/…` belongs to `/statements`, and `/redemptions` not to `/redeem`. */
const isAt = (path: string, href: string): boolean => path === href || path.startsWith(`${href}/`);
