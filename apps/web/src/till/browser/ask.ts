// How this device speaks to redemption: through the web server, which adds who is signed in and passes the signed bytes on.
import { requestText, signText } from './device-key.js';
import type { Ask } from './form-body.js';
import { isClosedTo, placeNoted } from './session.js';
import { keptDevice, type Device } from './storage.js';
import { uuidV7 } from './uuid-v7.js';

const TIMEOUT_MS = 10_000;

export type Answer = Readonly<{ status: number; body: Readonly<Record<string, unknown>> }>;

const deviceKept = (): Promise<Device | undefined> => keptDevice().catch(() => undefined);

/** Somebody signed out since, or somebody of another place is here. */
const isClosedFor = (device: Device | undefined): boolean => {
  // Empty on the page that is kept, which is the same for everybody.
  const place = document.getElementById('till')?.dataset['place'] || null;
  return [placeNoted(), place].some((noted) => isClosedTo(noted, device?.placeId));
};
export const isClosedHere = async (): Promise<boolean> => isClosedFor(await deviceKept());

/** The device, if it was enrolled for the place whose page this is, and nobody signed out since. */
export async function deviceHere(): Promise<Device | undefined> {
  const device = await deviceKept();
  return isClosedFor(device) ? undefined : device;
}

export async function signedHeaders({ deviceId, keys }: Device, { path, key, body }: Ask): Promise<Record<string, string>> {
  const timestamp = new Date().toISOString();
  const signature = await signText(keys.privateKey, await requestText({ method: 'POST', path, key, timestamp, body }));
  return { 'device-id': deviceId, 'device-timestamp': timestamp, 'device-signature': signature };
}

/** Throws when no answer came. */
export async function postTill(route: 'devices' | 'offline-redemptions', content: object, device?: Device): Promise<Answer> {
  const ask: Ask = { path: `/redemption/${route}`, key: uuidV7(), body: JSON.stringify(content) };
  const signed = device ? await signedHeaders(device, ask) : {};
  return answerOf(await fetch(`/till${ask.path}`, {
    method: 'POST', body: ask.body, signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: { 'content-type': 'application/json', 'idempotency-key': ask.key, ...signed },
  }));
}

export const getOfflineKey = async (): Promise<Answer> =>
  answerOf(await fetch('/till/redemption/offline-key', { signal: AbortSignal.timeout(TIMEOUT_MS) }));

/** A form of the page; where a device is enrolled, with its signature over what the form asks. */
export async function postForm(
  action: string, fields: URLSearchParams, ask: Ask | undefined, device: Device | undefined,
): Promise<Response> {
  if (ask && device) {
    fields.set('signedBody', ask.body);
    for (const [name, value] of Object.entries(await signedHeaders(device, ask))) fields.set(name, value);
  }
  return fetch(action, { method: 'POST', body: fields, signal: AbortSignal.timeout(TIMEOUT_MS) });
}

const answerOf = async (response: Response): Promise<Answer> =>
  ({ status: response.status, body: await response.json().catch(() => ({})) as Answer['body'] });
