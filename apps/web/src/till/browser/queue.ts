// Vouchers taken while the network was away: sealed, numbered, sent in order, and kept on the screen until somebody saw what
// became of them. The first that the server receives wins; what it confirmed is never taken back.
import { postTill } from './ask.js';
import { base64url, bytesOf } from './bytes.js';
import { seal } from './seal.js';
import { dropCapture, keepCapture, keepMarkKey, keptCaptures, keptMarkKey, type Capture, type Device, type Said } from './storage.js';
import { uuidV7 } from './uuid-v7.js';

const CAPTURES_MAX = 100;
const DAY_MS = 86_400_000;
const QUEUE_LOCK = 'mereau-till-queue';

export type Sent = 'all' | 'none' | 'no_answer' | 'signed_out' | Readonly<{ problem: string }>;
type Line = Readonly<{ id: string; outcome: 'redeemed' | 'refused'; redemption?: { amountCents: number }; sentence?: string }>;

export type NewCapture = Readonly<{ code: string; said: Said; key?: string }>;

/**
 * Refused when the device has taken as many as it may in a day, and for a voucher that waits already. The key of the attempt that
 * got no answer stays the id: if it arrived after all, sending it again uses nothing twice.
 */
export async function capture({ code, said, key }: NewCapture, { offlineKey }: Device): Promise<Capture | 'cap_reached' | 'pending_already'> {
  const [captures, mark] = await Promise.all([keptCaptures(), markOf(code)]);
  const today = captures.filter(({ capturedAt }) => Date.parse(capturedAt) > Date.now() - DAY_MS);
  if (!offlineKey || today.length >= offlineKey.codesPerDeviceDayMax) return 'cap_reached';
  if (captures.some((each) => each.mark === mark && each.state === 'pending')) return 'pending_already';
  const [id, capturedAt] = [key || uuidV7(), new Date().toISOString()];
  const number = Math.max(0, ...captures.map((each) => each.number)) + 1;
  const made: Capture = { id, capturedAt, number, mark, said, state: 'pending', sealed: await seal(code, { id, capturedAt }, offlineKey) };
  await keepCapture(made);
  return made;
}

async function markOf(code: string): Promise<string> {
  let key = await keptMarkKey();
  if (!key) {
    key = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    await keepMarkKey(key);
  }
  return base64url(await crypto.subtle.sign('HMAC', key, bytesOf(code)));
}

/** One page of the browser at a time. */
export async function sendPending(device: Device): Promise<Sent> {
  const sent = await navigator.locks.request(QUEUE_LOCK, { ifAvailable: true }, async (lock): Promise<Sent> => (lock ? sendAll(device) : 'none'));
  return sent;
}

/** Taken by mistake: nothing is asked for it, and the place is not paid. Not while it is being sent. */
export async function withdraw(id: string): Promise<void> {
  await navigator.locks.request(QUEUE_LOCK, async () => {
    const found = (await keptCaptures()).find((each) => each.id === id);
    if (found?.state === 'pending') await dropCapture(id);
  });
}

async function sendAll(device: Device): Promise<Sent> {
  let sent: Sent = 'none';
  for (;;) {
    const pending = (await keptCaptures()).filter(({ state }) => state === 'pending').slice(0, CAPTURES_MAX);
    if (pending.length === 0) return sent;
    const outcome = await sendSome(pending, device);
    if (outcome !== 'all') return outcome;
    sent = outcome;
  }
}

async function sendSome(pending: readonly Capture[], device: Device): Promise<Sent> {
  const captures = pending.map(({ id, capturedAt, sealed, said }) => ({ id, capturedAt, sealed, ...said }));
  const answer = await postTill('offline-redemptions', { captures }, device).catch(() => undefined);
  if (!answer || answer.status >= 500) return 'no_answer';
  if (answer.status === 401) return 'signed_out';
  if (answer.status !== 200) return { problem: String(answer.body['sentence'] ?? answer.body['code'] ?? answer.status) };
  const lines = new Map((answer.body['lines'] as readonly Line[]).map((line) => [line.id, line]));
  for (const each of pending) {
    const line = lines.get(each.id);
    // Without an answer to it, it is not known what became of it: nothing is thrown away.
    if (!line) return 'no_answer';
    await keepCapture(afterwards(each, line));
  }
  return 'all';
}

function afterwards({ sealed: _, ...capture }: Capture, { outcome, redemption, sentence }: Line): Capture {
  return {
    ...capture, state: outcome, ...(redemption && { amountCents: redemption.amountCents }), ...(sentence !== undefined && { sentence }),
  };
}

/** Somebody read what became of it. What waits is never dropped. */
export async function acknowledge(id: string): Promise<void> {
  const found = (await keptCaptures()).find((each) => each.id === id);
  if (found && found.state !== 'pending') await dropCapture(id);
}
