// Reads the signature of a device off a request: three headers, all of them or none.
import type { FastifyRequest } from 'fastify';
import { Problem, rawBodyOf } from '#libs/http';
import { parseId, type DeviceId } from '#libs/kernel';
import { requestText } from './device-key.js';

export const DEVICE_HEADERS = {
  'Device-Id': 'dev_<uuid> of the enrolled device that signs; the three headers go together',
  'Device-Timestamp': 'when it signs, by its clock: instant, UTC, e.g. 2026-03-10T12:00:00.000Z',
  'Device-Signature': 'base64url, over the lines mereau-till-request-1, method, path, Idempotency-Key, Device-Timestamp, SHA-256 of the body in hex',
} as const;

export type SignedRequest = Readonly<{ deviceId: DeviceId; signedAt: Date; text: string; signature: Buffer }>;

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/;
/** Of both kinds of keys 64 bytes. */
const SIGNATURE = /^[A-Za-z0-9_-]{86}$/;

/** Undefined where no device signs; a half signature is malformed, and not the same as none. */
export function signedRequestOf(request: FastifyRequest): SignedRequest | undefined {
  const [id, timestamp, signature] = Object.keys(DEVICE_HEADERS).map((name) => request.headers[name.toLowerCase()]);
  if (id === undefined && timestamp === undefined && signature === undefined) return undefined;
  const deviceId = typeof id === 'string' ? parseId('device', id) : undefined;
  if (!deviceId) throw malformed('Device-Id', 'expected an id like dev_<uuid>');
  if (typeof timestamp !== 'string' || !INSTANT.test(timestamp) || Number.isNaN(Date.parse(timestamp))) {
    throw malformed('Device-Timestamp', 'expected an instant in UTC');
  }
  if (typeof signature !== 'string' || !SIGNATURE.test(signature)) throw malformed('Device-Signature', 'expected 64 bytes in base64url');
  const key = String(request.headers['idempotency-key'] ?? '');
  const text = requestText({ method: request.method, path: request.url, key, timestamp, body: rawBodyOf(request) ?? Buffer.alloc(0) });
  return { deviceId, signedAt: new Date(timestamp), text, signature: Buffer.from(signature, 'base64url') };
}

const malformed = (path: string, message: string) => new Problem('request_malformed', [{ path, message }]);
