/** Where it is served; pages that have it may ask our own origin, and no others (`sendPage`). */
export const PASSKEYS_SCRIPT_PATH = '/assets/passkeys.js';

/**
 * Asks the device for a passkey, in three places that are hidden without it: at the door, where one is added, and where a code is asked
 * for. The device's answer goes back with an ordinary form; what the server says of it is a page.
 */
export const PASSKEYS_SCRIPT = `'use strict';
const bytesOf = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
const textOf = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const described = (list) => list.map((one) => ({ ...one, id: bytesOf(one.id) }));

async function shown(options) {
  const publicKey = { ...options, challenge: bytesOf(options.challenge), allowCredentials: described(options.allowCredentials) };
  const { id, response } = await navigator.credentials.get({ publicKey });
  return {
    id, clientDataJson: textOf(response.clientDataJSON), authenticatorData: textOf(response.authenticatorData), signature: textOf(response.signature),
    ...(response.userHandle && response.userHandle.byteLength > 0 && { userHandle: textOf(response.userHandle) }),
  };
}

async function made(options) {
  const publicKey = {
    ...options, challenge: bytesOf(options.challenge), user: { ...options.user, id: bytesOf(options.user.id) },
    excludeCredentials: described(options.excludeCredentials),
  };
  const { id, response } = await navigator.credentials.create({ publicKey });
  return {
    id, clientDataJson: textOf(response.clientDataJSON), attestationObject: textOf(response.attestationObject),
    transports: response.getTransports ? response.getTransports() : [],
  };
}

async function ask(path, fields = {}) {
  const answer = await fetch(path, { method: 'POST', body: new URLSearchParams(fields), headers: { accept: 'application/json' } });
  return answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)));
}

function send(form, credential) {
  form.elements.namedItem('credential').value = JSON.stringify(credential);
  form.submit();
}

const acts = {
  'sign-in': async (form) => send(form, await shown(await ask('/sign-in/passkey-challenge'))),
  add: async (form) => send(form, await made(JSON.parse(form.dataset.options))),
  prove: async (part) => {
    await ask('/second-factor/passkey', { credential: JSON.stringify(await shown(await ask('/second-factor/passkey-challenge'))) });
    if (part.dataset.then) return location.assign(part.dataset.then);
    const form = part.closest('form');
    // The sign-in has its second factor now: the same form goes without a code.
    form.elements.namedItem('code').disabled = true;
    form.requestSubmit(form.querySelector('button:not([type="button"])') ?? undefined);
  },
};

async function act(part, button) {
  const failed = part.querySelector('[data-slot="failed"]');
  failed.hidden = true;
  button.disabled = true;
  try {
    await acts[part.dataset.passkey](part);
  } catch {
    failed.hidden = false;
  } finally {
    button.disabled = false;
  }
}

// A site that is known by its number and not by its name can have no passkeys.
const canHave = typeof PublicKeyCredential === 'function' && !/^[\\d.]+$|:/.test(location.hostname);
for (const part of canHave ? document.querySelectorAll('[data-passkey]') : []) {
  const button = part.querySelector('button[data-act]');
  if (part.tagName === 'FORM') part.addEventListener('submit', (event) => { event.preventDefault(); act(part, button); });
  else button.addEventListener('click', () => act(part, button));
  part.hidden = false;
  for (const other of document.querySelectorAll('[data-without-passkeys]')) other.hidden = true;
}
`;
