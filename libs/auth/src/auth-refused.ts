// Why a caller is turned away at the door. The codes stand in the catalogue of libs/http, which turns them into answers.

import type { MandateRefusal } from './mandate.js';

export type AuthRefusal = 'token_missing' | 'token_invalid' | 'token_expired' | 'token_revoked' | 'role_missing' | 'second_factor_stale' | 'route_closed'
  | 'key_scope_missing' | 'impersonation_reads_only' | 'too_many_requests' | MandateRefusal;

export class AuthRefused extends Error {
  override name = 'AuthRefused';
  constructor(readonly code: AuthRefusal, readonly details: Readonly<Record<string, number>> = {}) {
    super(code);
  }
}

/** Identity's keys cannot be had: an outage, so that nobody is told that a good token is bad. */
export class IdentityUnavailable extends Error {
  override name = 'IdentityUnavailable';
}
