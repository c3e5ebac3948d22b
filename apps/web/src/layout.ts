// The two frames of a page: public, and signed in with its navigation.
import { html, type Html, type Piece } from './html.js';
import { icon, MARK, type IconName } from './icons.js';
import { LANGUAGES } from './language.js';
import type { Membership } from './sessions.js';
import { TILL_VERSION } from './till/till-files.js';
import { placeIdOf, type SignedInVisit, type Visit } from './visit.js';

const NAMES = { fr: 'Français', en: 'English' } as const;

/**
 * `scripts` ends the body; `head` says more of the page to the browser. `placeId`: of the place that somebody is signed in for, empty for
 * nobody of one; left out where the page does not know.
 */
type Extras = Readonly<{ scripts?: Piece; head?: Piece; placeId?: string }>;

function documentOf({ language, say }: Visit, title: string, body: Html, { scripts, head, placeId }: Extras = {}): Html {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Méreau</title>
<link rel="icon" type="image/svg+xml" href="/assets/mark.svg">
<link rel="stylesheet" href="/assets/mereau.css">${head}
</head>
<body ${placeId !== undefined && html`data-place="${placeId}"`}>
<a class="skip" href="#main">${say('Aller au contenu', 'Skip to content')}</a>
${body}
${placeId !== undefined && html`<script src="/assets/till/${TILL_VERSION}/session-note.js" type="module"></script>`}${scripts}
</body>
</html>
`;
}

const mark = (href: string): Html => html`<a class="mark" href="${href}">${MARK}Méreau</a>`;

function languages({ language, path }: Visit): Html {
  const links = LANGUAGES.map((other, index) => html`${index > 0 && ' · '}<a href="${path}?lang=${other}" lang="${other}" ${
    other === language ? html`aria-current="true"` : ''}>${NAMES[other]}</a>`);
  return html`<span class="languages small">${links}</span>`;
}

export function publicPage(visit: Visit, title: string, content: Html, extras: Extras = {}): Html {
  const { say } = visit;
  return documentOf(visit, title, html`<div class="public">
<header>${mark('/')}${languages(visit)}</header>
<main id="main" tabindex="-1">${content}</main>
<footer><p>${say('Méreau est un logiciel libre pour des chèques de service : commander, remettre, encaisser, rembourser, au centime.',
    'Méreau is free software for service vouchers: order, hand over, redeem, reimburse, to the cent.')}</p></footer>
</div>`, extras);
}

type Entry = Readonly<{
  href: string; /** Pages that belong to it. */ under?: string; icon: IconName; french: string; english: string;
  /** Shown to this role only. */ role?: string;
}>;
const FINDINGS = { href: '/findings', icon: 'events', french: 'Constats', english: 'Findings' } as const satisfies Entry;
const NAVIGATION: Readonly<Record<Membership['kind'], readonly Entry[]>> = {
  payer: [{ href: '/home', icon: 'home', french: 'Accueil', english: 'Home' }, FINDINGS],
  place: [
    { href: '/home', icon: 'scan', french: 'Encaisser', english: 'Redeem' }, { href: '/workshop', icon: 'people', french: 'Atelier', english: 'Workshop' },
    { href: '/statements', icon: 'money', french: 'Remboursements', english: 'Reimbursements' }, { href: '/devices', icon: 'device', french: 'Appareils', english: 'Devices' },
    { ...FINDINGS, role: 'manager' },
  ],
  distributor: [{ href: '/home', icon: 'home', french: 'Stock', english: 'Stock' }],
  operator: [
    { href: '/home', icon: 'home', french: 'Files de travail', english: 'Work lists' }, { href: '/runs', icon: 'money', french: 'Remboursements', english: 'Reimbursements' },
    { href: '/alerts', icon: 'clock', french: 'Alertes', english: 'Alerts' }, FINDINGS,
  ],
  auditor: [
    { href: '/desk', under: '/findings', icon: 'events', french: 'Bureau', english: 'Desk' }, { href: '/home', under: '/events', icon: 'home', french: 'Contrôles', english: 'Checks' },
    { href: '/runs', icon: 'money', french: 'Remboursements', english: 'Reimbursements' },
    { href: '/alerts', icon: 'clock', french: 'Alertes', english: 'Alerts' },
  ],
};
const KINDS: Readonly<Record<Membership['kind'], readonly [french: string, english: string]>> = {
  payer: ['Financeur', 'Payer'], place: ['Lieu', 'Place'], distributor: ['Distributeur', 'Distributor'],
  operator: ['Opérateur', 'Operator'], auditor: ['Auditeur', 'Auditor'],
};

/** `above` fills the width over the content: the answer at a counter. */
export function signedInPage(visit: SignedInVisit, title: string, content: Html, above: Piece = null, extras: Extras = {}): Html {
  const { say, person } = visit;
  const { kind, roles } = person.organisation;
  const entries = NAVIGATION[kind].filter(({ role }) => role === undefined || roles.includes(role)).map(({ href, under = href, icon: name, french, english }) => html`
<a href="${href}" ${visit.path.startsWith(href) || visit.path.startsWith(under) ? html`aria-current="page"` : ''}>${icon(name)}${say(french, english)}</a>`);
  return documentOf(visit, title, html`<div class="frame">
<div class="side">
${mark('/home')}
${organisation(visit)}
<nav class="nav" aria-label="${say('Navigation', 'Navigation')}">${entries}</nav>
</div>
<div class="main">
<div class="top"><span>${person.name}</span>${languages(visit)}${manages(visit) && html`<a href="/team">${say('Équipe', 'Team')}</a>`}<a href="/settings">${say('Réglages', 'Settings')}</a>
<form method="post" action="/sign-out"><button class="button link">${say('Se déconnecter', 'Sign out')}</button></form></div>
${above}
<main class="content" id="main" tabindex="-1">${content}</main>
</div>
</div>`, { ...extras, placeId: placeIdOf(visit) });
}

/** Of a place its managers see who acts for it; elsewhere everybody. */
export const manages = ({ person: { organisation: { kind, roles } } }: SignedInVisit): boolean => kind !== 'place' || roles.includes('manager');

function organisation({ say, person }: SignedInVisit): Html {
  const { organisation: { name, kind, organisationId }, memberships } = person;
  const choice = memberships.length > 1 && html`<form method="post" action="/organisation">
<label class="visually-hidden" for="organisation">${say('Agir pour', 'Act for')}</label>
<select id="organisation" name="organisationId">${memberships.map((one) =>
    html`<option value="${one.organisationId}" ${one.organisationId === organisationId ? html`selected` : ''}>${one.name}</option>`)}</select>
<button class="button link small">${say('Changer', 'Change')}</button></form>`;
  return html`<div class="organisation">${name}<small>${say(...KINDS[kind])}</small>${choice}</div>`;
}
