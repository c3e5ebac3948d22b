// How a page leaves: with the headers that keep scripts, frames and other sites out of it.
import type { FastifyReply } from 'fastify';
import { toFirstError } from './first-error.js';
import type { Html } from './html.js';
import { PROGRESS_SCRIPT_PATH } from './progress/progress.script.js';
import { PASSKEYS_SCRIPT_PATH } from './passkeys/passkeys.script.js';
import { LANGUAGE_COOKIE, LARGE_COOKIE, type Visit } from './visit.js';

const YEAR_SECONDS = 31_536_000;

/** No inline script or style, nothing from elsewhere; forms go back to us only. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'", "style-src 'self'", "script-src 'self'", "img-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
].join('; ');

export function securePage(reply: FastifyReply, baseUrl: string): void {
  void reply.headers({
    'content-security-policy': CONTENT_SECURITY_POLICY, 'x-frame-options': 'DENY', 'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin', 'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    // Not `no-referrer`: with it a browser would send our own forms with `Origin: null`.
    'referrer-policy': 'same-origin',
  });
  if (baseUrl.startsWith('https:')) void reply.header('strict-transport-security', `max-age=${YEAR_SECONDS}`);
}

const ASKING_SCRIPTS = [PASSKEYS_SCRIPT_PATH, PROGRESS_SCRIPT_PATH];

/** A page may hold what only its reader may see, so nobody keeps a copy of it. */
export function sendPage(reply: FastifyReply, visit: Visit, page: Html, status = 200): void {
  const kept = [...visit.keepLanguage ? [`${LANGUAGE_COOKIE}=${visit.language}`] : [], ...visit.keepLarge ? [`${LARGE_COOKIE}=${visit.large ? 1 : 0}`] : []];
  for (const pair of kept) void reply.header('set-cookie', `${pair}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax; HttpOnly`);
  // Only their scripts ask, of our own origin: for what a device is to sign, and how far long work is.
  if (ASKING_SCRIPTS.some((path) => page.text.includes(`src="${path}"`))) void reply.header('content-security-policy', `${CONTENT_SECURITY_POLICY}; connect-src 'self'`);
  void reply.status(status).headers({
    'content-type': 'text/html; charset=utf-8', 'content-language': visit.language, 'cache-control': 'no-store', vary: 'accept-language, cookie',
  }).send(toFirstError(page.text, status, visit.say));
}

/** The pages of a till also ask, open the camera, start a worker that reads what it sees, and can be installed. */
export function sendTillPage(reply: FastifyReply, visit: Visit, page: Html, status = 200): void {
  void reply.headers({
    'content-security-policy': `${CONTENT_SECURITY_POLICY}; connect-src 'self'; worker-src 'self'; manifest-src 'self'`,
    'permissions-policy': 'camera=(self), geolocation=(), microphone=()',
  });
  sendPage(reply, visit, page, status);
}

/** After a form: the browser asks for the next page, and reloading it sends nothing twice. */
export function seeOther(reply: FastifyReply, path: string): void {
  void reply.status(303).headers({ location: path, 'cache-control': 'no-store' }).send();
}
