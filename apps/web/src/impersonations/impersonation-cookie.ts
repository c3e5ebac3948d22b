// As whom a browser looks, and until when: a cookie of the pages. It opens nothing by itself, the sign-in beside it does.
import { cookieIn } from '../cookies.js';

export const IMPERSONATION_COOKIE = 'mereau.impersonation';
/** A page that is being made takes a moment: one that began at the last would be refused halfway. */
const SPARE_MS = 2_000;
const FORM = /^(ipn_[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(\d{13})$/;

export type ImpersonationAsked = Readonly<{ impersonationId: string; untilMs: number }>;

/** Undefined where there is none, or its time is over. */
export function impersonationIn(header: string | undefined, nowMs = Date.now()): ImpersonationAsked | undefined {
  const [, impersonationId, until] = FORM.exec(cookieIn(header, IMPERSONATION_COOKIE) ?? '') ?? [];
  return impersonationId !== undefined && Number(until) - SPARE_MS > nowMs ? { impersonationId, untilMs: Number(until) } : undefined;
}

/** It goes with the time of what it names. */
export function impersonationCookie({ impersonationId, untilMs }: ImpersonationAsked, baseUrl: string): string {
  const seconds = Math.max(0, Math.floor((untilMs - Date.now()) / 1_000));
  return `${IMPERSONATION_COOKIE}=${impersonationId}.${untilMs}; Path=/; Max-Age=${seconds}; SameSite=Strict; HttpOnly${baseUrl.startsWith('https:') ? '; Secure' : ''}`;
}

/** Of a new sign-in: it looks as nobody, whatever the one before did. */
export const signInCookies = (answer: Response): string[] => [...answer.headers.getSetCookie(), NO_IMPERSONATION];

export const NO_IMPERSONATION = `${IMPERSONATION_COOKIE}=; Path=/; Max-Age=0`;
