// What the pages of the till do besides working without a script. Everything is heard at the document, because the content of
// the page is exchanged with each answer.
import { deviceHere, isClosedHere } from './ask.js';
import { openCamera, type Camera } from './camera.js';
import { codeField, dashes } from './code-field.js';
import { allowOffline, enrol, forbidOffline, leaveDevice, renewOfflineKey, showDevice } from './enrol.js';
import { networkAway, noteNetwork, showNetwork } from './network.js';
import { acknowledge, sendPending, withdraw, type Sent } from './queue.js';
import { showAnswers, showQueue } from './queue-view.js';
import { keepVolume, signal, volumeHere } from './sounds.js';
import { keptCaptures } from './storage.js';
import { submitTill, tell } from './submit.js';
import { word } from './words.js';
import { addTyped, showCount } from './workshop-list.js';

/** What waits is tried again this often: a browser does not notice a network that is there and leads nowhere. */
const AGAIN_MS = 20_000;
let camera: Camera | undefined;

async function onPage(): Promise<void> {
  for (const hidden of document.querySelectorAll<HTMLElement>('[data-script]')) hidden.hidden = false;
  for (const plain of document.querySelectorAll<HTMLElement>('[data-no-script]')) plain.hidden = true;
  camera?.close();
  camera = undefined;
  showNetwork();
  showVolume();
  showCount();
  // The field of a workshop was hidden until now, and a browser gives its focus to nothing hidden.
  if (document.activeElement === document.body) document.querySelector<HTMLElement>('[autofocus]')?.focus({ preventScroll: true });
  await Promise.all([showQueue(), showDevice()]);
}

function showVolume(): void {
  const choice = document.querySelector<HTMLSelectElement>('[data-volume]');
  if (choice) choice.value = volumeHere();
}

async function send(): Promise<void> {
  const device = await deviceHere();
  if (!device || !(await keptCaptures()).some(({ state }) => state === 'pending')) return;
  const sent = await sendPending(device);
  if (sent === 'all' || sent === 'too_early') noteNetwork(false);
  if (sent === 'no_answer') noteNetwork(true);
  await showQueue(messageOf(sent));
  if (sent === 'all') showAnswers();
}

function messageOf(sent: Sent): string {
  if (typeof sent === 'object') return sent.problem;
  return sent === 'all' || sent === 'none' ? '' : word(`queue_${sent}`);
}

async function toggleCamera(): Promise<void> {
  const [view, video] = [document.getElementById('camera'), document.querySelector<HTMLVideoElement>('#camera video')];
  if (!view || !video) return;
  if (camera) {
    camera.close();
    camera = undefined;
    return showCamera(false);
  }
  showCamera(true);
  try {
    camera = await openCamera(video, scanned);
  } catch {
    showCamera(false);
    tell(word('no_camera'));
  }
}

function showCamera(open: boolean): void {
  document.getElementById('camera')!.hidden = !open;
  const button = document.querySelector('[data-act="camera"]')!;
  button.setAttribute('aria-expanded', String(open));
  const [toOpen, toClose] = button.querySelectorAll('span');
  [toOpen!.hidden, toClose!.hidden] = [open, !open];
}

function scanned(text: string): void {
  const field = codeField();
  if (!field) return;
  field.value = text;
  dashes(field);
  if (field.dataset['code'] === 'list') addTyped(field);
  else field.form?.requestSubmit();
}

/** Somebody may have signed out in another tab since the list was shown. */
async function change(made: () => Promise<void>): Promise<void> {
  if (!await isClosedHere()) await made();
  await showQueue();
}

const ACTIONS: Readonly<Record<string, (button: HTMLButtonElement) => Promise<void>>> = {
  camera: toggleCamera,
  send,
  seen: ({ value }) => change(() => acknowledge(value)),
  withdraw: ({ value }) => change(() => withdraw(value)),
  offline: allowOffline,
  online: forbidOffline,
  leave: leaveDevice,
};

document.addEventListener('change', ({ target }) => {
  if (!(target instanceof HTMLSelectElement) || target.dataset['volume'] === undefined) return;
  keepVolume(target.value);
  signal('yes');
});
document.addEventListener('input', ({ target }) => {
  if (target instanceof HTMLInputElement && target.dataset['code'] !== undefined) dashes(target);
  if (target instanceof HTMLTextAreaElement) showCount();
});
document.addEventListener('keydown', (event) => {
  const { target, key } = event;
  if (key !== 'Enter' || !(target instanceof HTMLInputElement) || target.dataset['code'] !== 'list') return;
  // A hand scanner ends with Enter: in a workshop that adds a line and sends nothing.
  event.preventDefault();
  addTyped(target);
});
document.addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement;
  const kind = form.dataset['till'];
  if (kind === undefined) return;
  event.preventDefault();
  void (kind === 'enrol' ? enrol(form) : submitTill(form, event.submitter));
});
document.addEventListener('click', ({ target }) => {
  const button = (target as Element).closest<HTMLButtonElement>('button[data-act]');
  if (button) void ACTIONS[button.dataset['act'] ?? '']?.(button);
});
document.addEventListener('till:page', () => void onPage());
addEventListener('offline', () => noteNetwork(true));
addEventListener('online', () => { noteNetwork(false); void send(); });
// Somebody signed in or out in another tab.
addEventListener('storage', () => void showQueue());
setInterval(() => void send(), AGAIN_MS);

void onPage().then(async () => {
  if (networkAway()) return;
  await Promise.all([send(), renewOfflineKey()]);
});
