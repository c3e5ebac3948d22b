import type { Listing } from '#libs/listing';
import type { Schema } from '#libs/persistence';

export const KEY_REQUEST_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;

/** `$1`: the party whose keys they are. */
export const keyRequestsOf = (schema: Schema): Listing => ({
  rows: `select id, key_id as "keyId", asked_at as "askedAt", method, route, status::bigint as status, took_ms::bigint as "tookMs", request_id as "requestId"
    from ${schema}.key_request where party_id = $1::uuid`,
  columns: {
    askedAt: { kind: 'moment', sort: true, filter: 'range' },
    keyId: { kind: 'uuid', of: 'apiKey', filter: 'equal' },
    method: { kind: 'text', filter: 'choice', choices: KEY_REQUEST_METHODS },
    route: { kind: 'text', sort: true, filter: 'contains' },
    status: { kind: 'whole', sort: true, filter: 'range' },
    tookMs: { kind: 'whole', sort: true, filter: 'range' },
  },
  usualSort: '-askedAt',
});
