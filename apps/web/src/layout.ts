// The two frames of a page: public, and signed in with its navigation.
import { html, type Html, type Piece } from './html.js';
import { impersonationBanner } from './impersonations/impersonation-banner.js';
import { MARK } from './icons.js';
import { LANGUAGES } from './language.js';
import { sideBar } from './navigation.js';
import type { Membership } from './sessions.js';
import { TILL_VERSION } from './till/till-files.js';
import { placeIdOf, type SignedInVisit, type Visit } from './visit.js';

const NAMES = { fr: 'Français', en: 'English' } as const;

/**
 * `scripts` ends the body; `head` says more of the page to the browser. `placeId`: of the place that somebody is signed in for, empty for
 * nobody of one; left out where the page does not know.
 */
type Extras = Readonly<{ scripts?: Piece; head?: Piece; placeId?: string }>;

function documentOf({ language, say, large }: Visit, title: string, body: Html, { scripts, head, placeId }: Extras = {}): Html {
  return html`<!doctype html>
<html lang="${language}"${large && html` class="large"`}>
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

function languages({ language, path, question }: Visit): Html {
  const rest = question.replace(/(^|&)lang=[^&]*/g, '').replace(/^&/, '');
  const links = LANGUAGES.map((other, index) => html`${index > 0 && ' · '}<a href="${path}?lang=${other}${rest && `&${rest}`}" lang="${other}" ${
    other === language ? html`aria-current="true"` : ''}>${NAMES[other]}</a>`);
  return html`<span class="languages small">${links}</span>`;
}

/** `reading`: for people who come once, with a voucher in their hand: larger text, and where to ask. */
type PublicExtras = Extras & Readonly<{ reading?: boolean }>;

export function publicPage(visit: Visit, title: string, content: Html, { reading, ...extras }: PublicExtras = {}): Html {
  const { say, path, large } = visit;
  // The shell of the till is kept by the browser, and its banner would be, too.
  const looks = visit.looksUntilMs !== undefined && path !== '/till';
  return documentOf(visit, title, html`${looks && impersonationBanner(visit, visit.looksUntilMs!)}<div class="${reading ? 'public reading' : 'public'}">
<header>${mark('/')}${languages(visit)}</header>
<main id="main" tabindex="-1">${content}</main>
<footer><p class="footer-links"><a href="/help">${say('Aide', 'Help')}</a> <a href="${path}?large=${large ? '0' : '1'}">${
    large ? say('Caractères normaux', 'Normal print') : say('Gros caractères', 'Large print')}</a> <a href="/accessibility">${say('Accessibilité', 'Accessibility')}</a></p>
<p>${say('Méreau est un logiciel libre pour des chèques de service : commander, remettre, encaisser, rembourser, au centime.',
    'Méreau is free software for service vouchers: order, hand over, redeem, reimburse, to the cent.')}</p></footer>
</div>`, extras);
}

const KINDS: Readonly<Record<Membership['kind'], readonly [french: string, english: string]>> = {
  payer: ['Financeur', 'Payer'], place: ['Lieu', 'Place'], distributor: ['Distributeur', 'Distributor'],
  operator: ['Opérateur', 'Operator'], auditor: ['Auditeur', 'Auditor'],
};

/** `above` fills the width over the content: the answer at a counter. */
export function signedInPage(visit: SignedInVisit, title: string, content: Html, above: Piece = null, extras: Extras = {}): Html {
  const { say, person } = visit;
  const looks = person.impersonation && impersonationBanner(visit, person.impersonation.untilMs, person.organisation.name);
  return documentOf(visit, title, html`${looks}<div class="frame">
<div class="side">
${mark('/home')}
${organisation(visit)}
${sideBar(visit)}
</div>
<div class="main">
<div class="top"><span>${person.name}</span>${languages(visit)}<a href="/search" aria-keyshortcuts="Control+K" ${hasSlash(visit) && html`data-slash`}>${say('Chercher', 'Search')}</a>${manages(visit) && html`<a href="/team">${say('Équipe', 'Team')}</a>`}<a href="/settings">${say('Réglages', 'Settings')}</a>
<form method="post" action="/sign-out"><button class="button link">${say('Se déconnecter', 'Sign out')}</button></form></div>
${above}
<main class="content" id="main" tabindex="-1">${content}</main>
</div>
</div>`, { ...extras, placeId: placeIdOf(visit), scripts: html`<script src="/assets/search.js" type="module"></script>${extras.scripts}` });
}

/** Where vouchers are scanned, a / comes out of the scanner with an address and a code, and must lead nowhere. */
const hasSlash = ({ person: { organisation: { kind } } }: SignedInVisit): boolean => kind !== 'place' && kind !== 'distributor';

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
