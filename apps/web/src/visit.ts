// What every page needs to know of the request that it answers: the language and the address, and who is looking.
import type { FastifyRequest } from 'fastify';
import { cookieIn } from './cookies.js';
import { impersonationIn } from './impersonations/impersonation-cookie.js';
import { chooseLanguage, sayIn, type Language, type Say } from './language.js';
import type { Person } from './sessions.js';

export const LANGUAGE_COOKIE = 'mereau.language';
export const LARGE_COOKIE = 'mereau.large';

export type Visit = Readonly<{
  language: Language;
  say: Say;
  /** Without the question: for links that come back here. */
  path: string;
  /** What follows the `?`: for a link that changes a part of it. */
  question: string;
  /** True when the language was asked for just now and should be kept. */
  keepLanguage: boolean;
  /** Everything half as large again; `keepLarge` when that, or its end, was asked for just now. */
  large?: boolean;
  keepLarge?: boolean;
  /** The browser says that its person looks as an organisation; of a page that is signed in the person says it. */
  looksUntilMs?: number | undefined;
}>;
export type SignedInVisit = Visit & Readonly<{ person: Person }>;

export function visitOf({ url, headers }: Pick<FastifyRequest, 'url' | 'headers'>): Visit {
  const [path = '/', question = ''] = url.split('?', 2);
  const wishes = new URLSearchParams(question);
  const [asked, size] = [wishes.get('lang') ?? undefined, wishes.get('large')];
  const language = chooseLanguage(asked, cookieIn(headers.cookie, LANGUAGE_COOKIE), headers['accept-language']);
  return {
    language, say: sayIn(language), path, question, keepLanguage: asked === language,
    large: (size ?? cookieIn(headers.cookie, LARGE_COOKIE)) === '1', keepLarge: size !== null,
    looksUntilMs: impersonationIn(headers.cookie)?.untilMs,
  };
}

/** The place that is acted for, as the services write its id; empty for a membership that was set up wrongly. */
export const placeIdOf = ({ person: { organisation: { kind, partyId } } }: SignedInVisit): string => (kind === 'place' ? partyId ?? '' : '');
