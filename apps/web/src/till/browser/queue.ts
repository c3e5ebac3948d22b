// Vouchers taken while the network was away: sealed, numbered, sent in order, and kept on the screen until somebody saw what
// became of them. The first that the server receives wins; what it confirmed is never taken back.
import { getOfflineKey, postTill } from './ask.js';
import { base64url, bytesOf } from './bytes.js';
import { afterwards, countOfDay, isTooEarly, mayWithdraw, outlived, toSend, type Line } from './captures.js';
import { seal } from './seal.js';
import { dropCapture, keepCapture, keepMarkKey, keptCaptures, keptMarkKey, type Capture, type Device, type Said } from './storage.js';
import { uuidV7 } from './uuid-v7.js';

const CAPTURES_MAX = 100;
const MALFORMED = 400;
/** Where the staff does not let the device take any more, what it took is sent all the same. */
const WITHIN_HOURS = 72;
const QUEUE_LOCK = 'mereau-till-queue';

export type Sent = 'all' | 'none' | 'no_answer' | 'signed_out' | 'too_early' | Readonly<{ problem: string }>;

/** `key`: of an attempt for this code that got no answer. */
export type NewCapture = Readonly<{ code: string; said: Said; key?: string | undefined }>;

/**
 * Refused when the device has taken as many as it may in a day, and for a voucher that waits already. The key of the attempt that
 * got no answer stays the id: if it arrived after all, sending it again uses nothing twice.
 */
export async function capture({ code, said, key }: NewCapture, { offlineKey }: Device): Promise<Capture | 'cap_reached' | 'pending_already'> {
  const [captures, mark] = await Promise.all([keptCaptures(), markOf(code)]);
  if (!offlineKey || countOfDay(captures, Date.now()) >= offlineKey.codesPerDeviceDayMax) return 'cap_reached';
  if (captures.some((each) => each.mark === mark && each.state === 'pending')) return 'pending_already';
  const [id, capturedAt] = [key || uuidV7(), new Date().toISOString()];
  const number = Math.max(0, ...captures.map((each) => each.number)) + 1;
  const sealed = await seal(code, { id, capturedAt }, offlineKey);
  const made: Capture = { id, capturedAt, number, mark, said, state: 'pending', sealed, ...(key && { hasLeft: true }) };
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

/** Taken by mistake: nothing is asked for it, and the place is not paid. Not once it was sent. */
export async function withdraw(id: string): Promise<void> {
  await navigator.locks.request(QUEUE_LOCK, async () => {
    const found = (await keptCaptures()).find((each) => each.id === id);
    if (found && mayWithdraw(found)) await dropCapture(id);
  });
}

async function sendAll(device: Device): Promise<Sent> {
  // Asked first what changes nothing: while the network is away nothing leaves, and what waits may still be withdrawn.
  if (!await getOfflineKey().catch(() => undefined)) return 'no_answer';
  const withinHours = device.offlineKey?.capturedWithinHours ?? WITHIN_HOURS;
  let sent: Sent = 'none';
  for (;;) {
    const pending = toSend(await keptCaptures(), Date.now(), withinHours).slice(0, CAPTURES_MAX);
    if (pending.length === 0) return sent;
    const outcome = await sendSome(pending, device);
    if (outcome !== 'all') return outcome;
    sent = outcome;
  }
}

async function sendSome(pending: readonly Capture[], device: Device): Promise<Sent> {
  for (const each of pending) if (!each.hasLeft) await keepCapture({ ...each, hasLeft: true });
  const captures = pending.map(({ id, capturedAt, sealed, said }) => ({ id, capturedAt, sealed, ...said }));
  const answer = await postTill('offline-redemptions', { captures }, device).catch(() => undefined);
  if (!answer || answer.status >= 500) return 'no_answer';
  if (answer.status !== 200) {
    // Turned away as a whole, so that nothing is redeemed by it: what may be withdrawn before may be again.
    for (const each of pending) await keepCapture(each);
    if (answer.status === 401) return 'signed_out';
    if (answer.status === MALFORMED && pending.length > 1) return sendEach(pending, device);
    return { problem: String(answer.body['sentence'] ?? answer.body['code'] ?? answer.status) };
  }
  const lines = new Map((answer.body['lines'] as readonly Line[]).map((line) => [line.id, line]));
  let waiting: Sent = 'all';
  for (const each of pending) {
    const line = lines.get(each.id);
    // Without an answer to it, it is not known what became of it: nothing is thrown away.
    if (!line) return 'no_answer';
    const isEarly = isTooEarly(each, line, Date.now());
    if (isEarly) waiting = 'too_early';
    await keepCapture(isEarly ? each : afterwards(each, line));
  }
  return waiting;
}

/** One that redemption cannot read must not keep the others from it until they are too old. It stays, and is told about. */
async function sendEach(pending: readonly Capture[], device: Device): Promise<Sent> {
  let problem: Sent = 'all';
  for (const each of pending) {
    const outcome = await sendSome([each], device);
    if (outcome === 'no_answer' || outcome === 'signed_out') return outcome;
    if (outcome !== 'all') problem = outcome;
  }
  return problem;
}

/** Somebody read what became of it. What waits is never dropped, and what counts today is kept out of sight. */
export async function acknowledge(id: string): Promise<void> {
  const captures = await keptCaptures();
  const found = captures.find((each) => each.id === id);
  if (found && found.state !== 'pending') await keepCapture({ ...found, state: 'seen' });
  for (const old of outlived(await keptCaptures(), Date.now())) await dropCapture(old.id);
}
