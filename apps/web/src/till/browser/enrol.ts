// This device: enrolled by a code of the place's manager; then the staff may choose that it takes vouchers without a network.
import { deviceHere, getOfflineKey, postTill } from './ask.js';
import { enrolmentText, newKeyPair, publicJwk, readEnrolmentCode, signText } from './device-key.js';
import { noteNetwork } from './network.js';
import type { OfflineKey } from './seal.js';
import { changeDevice, forgetDevice, keepDevice, keptCaptures } from './storage.js';
import { fill, word } from './words.js';

const place = (): HTMLElement | null => document.getElementById('this-device');

export async function showDevice(message = ''): Promise<void> {
  const section = place();
  if (!section) return;
  const device = await deviceHere();
  const state = !device ? 'none' : device.offlineKey ? 'offline' : 'enrolled';
  for (const part of section.querySelectorAll<HTMLElement>('[data-state]')) part.hidden = !part.dataset['state']!.split(' ').includes(state);
  fill(section, 'device-name', device?.name ?? '');
  fill(section, 'device-limits', device?.offlineKey
    ? word('offline_limits', { n: device.offlineKey.codesPerDeviceDayMax, hours: device.offlineKey.capturedWithinHours }) : '');
  fill(section, 'device-message', message);
}

/** A pair is made once per page: when the answer is lost, asking again proves the same key. */
let pair: Promise<CryptoKeyPair> | undefined;

export async function enrol(form: HTMLFormElement): Promise<void> {
  const [typed, name] = ['code', 'name'].map((field) => (form.elements.namedItem(field) as HTMLInputElement).value.trim());
  if (!isSecureContext) return showDevice(word('not_secure'));
  const code = readEnrolmentCode(typed ?? '');
  if (code === undefined) return showDevice(word('enrolment_code_wrong'));
  if ((await keptCaptures()).some(({ state }) => state === 'pending')) return showDevice(word('queue_first'));
  pair ??= newKeyPair();
  const keys = await pair;
  const [publicKey, proof] = await Promise.all([publicJwk(keys.publicKey), signText(keys.privateKey, enrolmentText(code))]);
  const answer = await postTill('devices', { code, name, publicKey, proof }).catch(() => undefined);
  if (!answer) return showDevice(word('no_answer_device'));
  if (answer.status !== 201) return showDevice(String(answer.body['sentence'] ?? answer.body['code'] ?? ''));
  const { deviceId, placeId, name: shownName } = answer.body as Readonly<Record<'deviceId' | 'placeId' | 'name', string>>;
  await keepDevice({ deviceId, placeId, name: shownName, keys });
  pair = undefined;
  form.reset();
  return showDevice(word('enrolled'));
}

export async function allowOffline(): Promise<void> {
  const device = await deviceHere();
  if (!device) return;
  const answer = await getOfflineKey().catch(() => undefined);
  if (!answer) return showDevice(word('no_answer_device'));
  if (answer.status !== 200) return showDevice(String(answer.body['sentence'] ?? answer.body['code'] ?? ''));
  // First the page: who reads that the queue is ready may lose the network a moment later.
  if (!await keepShell().catch(() => false)) return showDevice(word('no_answer_device'));
  await changeDevice(device.deviceId, (now) => ({ ...now, offlineKey: answer.body as OfflineKey }));
  // What waits is the place's money: the browser is asked not to clear it when the disk is full.
  await navigator.storage?.persist?.();
  return showDevice(word('offline_allowed'));
}

export async function forbidOffline(): Promise<void> {
  const device = await deviceHere();
  if (!device) return;
  await changeDevice(device.deviceId, ({ offlineKey: _, ...rest }) => rest);
  await (await navigator.serviceWorker?.getRegistration('/'))?.unregister();
  await caches.delete('mereau-till');
  return showDevice();
}

/** Its key is gone with it; the manager revokes it in the list. */
export async function leaveDevice(): Promise<void> {
  if ((await keptCaptures()).some(({ state }) => state === 'pending')) return showDevice(word('queue_first'));
  await forgetDevice();
  return showDevice();
}

/** The page of the till and its assets stay on devices that take vouchers without a network, and on no other. False where they do not. */
async function keepShell(): Promise<boolean> {
  const { installing, waiting, active } = await navigator.serviceWorker.register('/till-worker.js', { scope: '/' });
  const worker = installing ?? waiting ?? active;
  return worker !== null && new Promise((done) => {
    const look = () => {
      // Redundant: one of the files did not come.
      if (worker.state === 'activated' || worker.state === 'redundant') done(worker.state === 'activated');
    };
    worker.addEventListener('statechange', look);
    look();
  });
}

/** The server may have drawn another key since; while there is none, the old one still opens what was sealed to it. */
export async function renewOfflineKey(): Promise<void> {
  const device = await deviceHere();
  if (!device?.offlineKey) return;
  const answer = await getOfflineKey().catch(() => undefined);
  // A page that was kept opens without a network, and the browser may take a cable for one.
  if (!answer) noteNetwork(true);
  // Whoever left the device or forbade its queue meanwhile does not get it back.
  if (answer?.status !== 200) return;
  await changeDevice(device.deviceId, (now) => now.offlineKey && { ...now, offlineKey: answer.body as OfflineKey });
}
