// What every page needs to know of the request that it answers: the language and the address, and who is looking.
import type { FastifyRequest } from 'fastify';
import { cookieIn } from './cookies.js';
import { chooseLanguage, sayIn, type Language, type Say } from './language.js';
import type { Person } from './sessions.js';

export const LANGUAGE_COOKIE = 'mereau.language';

export type Visit = Readonly<{
  language: Language;
  say: Say;
  /** Without the question: for links that come back here. */
  path: string;
  /** What follows the `?`: for a link that changes a part of it. */
  question: string;
  /** True when the language was asked for just now and should be kept. */
  keepLanguage: boolean;
}>;
export type SignedInVisit = Visit & Readonly<{ person: Person }>;

export function visitOf({ url, headers }: Pick<FastifyRequest, 'url' | 'headers'>): Visit {
  const [path = '/', question = ''] = url.split('?', 2);
  const asked = new URLSearchParams(question).get('lang') ?? undefined;
  const language = chooseLanguage(asked, cookieIn(headers.cookie, LANGUAGE_COOKIE), headers['accept-language']);
  return { language, say: sayIn(language), path, question, keepLanguage: asked === language };
}

/** The place that is acted for, as the services write its id; empty for a membership that was set up wrongly. */
export const placeIdOf = ({ person: { organisation: { kind, partyId } } }: SignedInVisit): string => (kind === 'place' ? partyId ?? '' : '');
