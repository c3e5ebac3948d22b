// One place that turns whatever was thrown into a problem: ours, Fastify's, Nest's, an outage or a bug.
import { HttpException } from '@nestjs/common';
import { AuthRefused, IdentityUnavailable } from '#libs/auth';
import { isCeded, isTransient } from '#libs/persistence';
import { Problem } from './problem.js';
import type { BaseProblem } from './problem-catalogue.js';

const BY_FASTIFY_CODE: Readonly<Record<string, BaseProblem>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media_type_unsupported',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'request_incomplete',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'body_malformed',
  FST_ERR_CTP_INVALID_JSON_BODY: 'body_malformed',
  FST_ERR_BAD_URL: 'uri_malformed',
  FST_ERR_MAX_PARAM_LENGTH: 'uri_too_long',
  FST_ERR_VALIDATION: 'request_malformed',
};

const BY_STATUS: Readonly<Record<number, BaseProblem>> = {
  400: 'request_malformed', 401: 'token_missing', 403: 'role_missing', 404: 'route_not_found', 408: 'request_incomplete',
  413: 'body_too_large', 414: 'uri_too_long', 415: 'media_type_unsupported', 429: 'too_many_requests', 503: 'unavailable',
};

export type Answered = Readonly<{ problem: Problem; /** What to log: only for what is our fault. */ fault?: unknown }>;

/** A fault of somebody that we asked, who says that asking again may help (a card processor that is away). */
const saysItIsRetryable = (error: unknown): boolean => error instanceof Error && (error as { retryable?: unknown }).retryable === true;

export function problemOf(error: unknown): Answered {
  if (error instanceof Problem) return { problem: error };
  if (error instanceof AuthRefused) return { problem: new Problem({ kind: 'rejected', code: error.code, details: error.details }) };
  if (isCeded(error)) return { problem: new Problem('installation_ceded') };
  if (error instanceof IdentityUnavailable || isTransient(error) || saysItIsRetryable(error)) return { problem: new Problem('unavailable'), fault: error };
  const { code, statusCode } = (error ?? {}) as { code?: unknown; statusCode?: unknown };
  const status = error instanceof HttpException ? error.getStatus() : statusCode;
  const known = BY_FASTIFY_CODE[String(code)] ?? (typeof status === 'number' ? BY_STATUS[status] : undefined);
  if (known) return { problem: new Problem(known) };
  return { problem: new Problem('fault'), fault: error };
}
