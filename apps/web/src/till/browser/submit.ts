// Sends the forms of the till: checked here first, signed where a device is enrolled, put in the queue where the network is away
// and the staff chose that. The answer is the page that the server makes for everybody; only its content is exchanged.
import { deviceHere, isClosedHere, postForm } from './ask.js';
import { codeField, codeIn } from './code-field.js';
import { askOf, saidIn } from './form-body.js';
import { networkAway, noteNetwork } from './network.js';
import { capture } from './queue.js';
import { showPending, showQueue } from './queue-view.js';
import { signal } from './sounds.js';
import type { Capture, Device } from './storage.js';
import { uuidV7 } from './uuid-v7.js';
import { fill, piece, word } from './words.js';
import { codesOfList, isSharedBySome, showCount } from './workshop-list.js';

let isSending = false;
/** What was asked at last and got no answer, until there is one. */
let unanswered: Readonly<{ key: string; code: string }> | undefined;

export async function submitTill(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
  const action = new URL(submitter?.getAttribute('formaction') ?? form.action, location.href).pathname;
  const codes = codesToSend(action);
  if (!codes || isSending) return;
  isSending = true;
  form.setAttribute('aria-busy', 'true');
  try {
    await send(form, action, codes);
  } finally {
    isSending = false;
    form.removeAttribute('aria-busy');
  }
}

function codesToSend(action: string): string[] | undefined {
  if (action === '/workshop') return codesOfList();
  if (action === '/undo') return [];
  const field = codeField();
  const code = field ? codeIn(field) : undefined;
  return code === undefined ? undefined : [code];
}

async function send(form: HTMLFormElement, action: string, codes: readonly string[]): Promise<void> {
  completeShell(form);
  if (action === '/redeem') leaveKeyOf(form, codes[0]!);
  const fields = new URLSearchParams(Array.from(new FormData(form), ([name, value]) => [name, String(value)]));
  const device = await deviceHere();
  if (device?.offlineKey && networkAway() && canWait(action)) return take(form, codes, device);
  let response: Response;
  try {
    response = await postForm(action, fields, askOf(action, fields), device);
    const html = await response.text();
    noteNetwork(false);
    if (action === '/redeem') unanswered = undefined;
    if (response.headers.get('content-type')?.startsWith('text/html')) showPage(html, response);
    else tell(word('not_understood'));
  } catch {
    // It may have arrived: the form keeps its key, so that asking again uses nothing twice.
    noteNetwork(true);
    if (action === '/redeem') unanswered = { key: fields.get('key') ?? '', code: codes[0]! };
    if (await isClosedHere()) tell(word('signed_out_here'));
    else if (action === '/undo') tell(word('no_answer_undo'));
    else tell(word(device?.offlineKey && canWait(action) ? 'no_answer_queue' : 'no_answer'));
  }
}

/** What is redeemed may be captured for later; a check and an undoing are of what the server knows. */
const canWait = (action: string): boolean => action === '/redeem' || action === '/workshop';

/** A page that was kept for the time without a network holds no key and no day yet. */
function completeShell(form: HTMLFormElement): void {
  const [key, day] = ['key', 'serviceDate'].map((name) => form.elements.namedItem(name) as HTMLInputElement | null);
  if (key && key.value === '') key.value = uuidV7();
  if (day && day.value === '') day.value = localDay();
}

/** The key of an attempt without an answer may be that of a redemption by now: another voucher gets one of its own. */
function leaveKeyOf(form: HTMLFormElement, code: string): void {
  const key = form.elements.namedItem('key') as HTMLInputElement;
  if (unanswered?.key === key.value && unanswered.code !== code) key.value = uuidV7();
}

/** Where the till stands; the server judges it again at the site. */
const localDay = (at = new Date()): string =>
  [at.getFullYear(), String(at.getMonth() + 1).padStart(2, '0'), String(at.getDate()).padStart(2, '0')].join('-');

async function take(form: HTMLFormElement, codes: readonly string[], device: Device): Promise<void> {
  const fields = new URLSearchParams(Array.from(new FormData(form), ([name, value]) => [name, String(value)]));
  const said = saidIn(fields);
  if (!said) return tell(word('not_read'));
  // The server takes the day of the capture for the day of the service.
  if (fields.get('serviceDate') !== localDay()) return tell(word('other_day'));
  if (isSharedBySome(fields.get('codes') ?? '')) return tell(word('shared_online'));
  const again = unanswered?.key === fields.get('key') ? unanswered : undefined;
  const made: Capture[] = [];
  let refused = '';
  for (const code of codes) {
    const one = await capture({ code, said, key: code === again?.code ? again.key : undefined }, device);
    if (typeof one === 'string') refused = word(one);
    else made.push(one);
  }
  if (made.length === 0) return tell(refused);
  form.reset();
  (form.elements.namedItem('key') as HTMLInputElement).value = uuidV7();
  showPending(made, made.length === 1 ? said.amountCents : undefined, device.offlineKey!.capturedWithinHours);
  if (refused !== '') tell(word('some_pending', { n: made.length, why: refused }));
  signal('later');
  showCount();
  codeField()?.focus();
  await showQueue();
}

/** Over the form, which keeps what was typed. */
export function tell(sentence: string): void {
  const notice = piece('notice');
  if (!notice) return;
  fill(notice, 'sentence', sentence);
  document.getElementById('above')?.replaceChildren(notice);
  scrollTo(0, 0);
}

function showPage(html: string, { url }: Response): void {
  if (new URL(url).pathname === '/sign-in') return location.assign(url);
  const page = new DOMParser().parseFromString(html, 'text/html');
  const said = document.getElementById('said');
  document.title = page.title;
  document.body.replaceChildren(...page.body.childNodes);
  // The same element as before: a reader of screens only hears what changes in one that it knows.
  if (said) document.getElementById('said')?.replaceWith(said);
  scrollTo(0, 0);
  document.dispatchEvent(new Event('till:page'));
  document.querySelector<HTMLElement>('[autofocus]')?.focus({ preventScroll: true });
  const answer = (['yes', 'no', 'later'] as const).find((one) => document.querySelector(`.answer.${one}`));
  if (answer) signal(answer);
  if (said) said.textContent = document.querySelector('.answer[role="status"]')?.textContent ?? '';
}
