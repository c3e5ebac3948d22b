export const PROGRESS_SCRIPT_PATH = '/assets/progress.js';

/**
 * Looks at the page again every few seconds while it is in sight, slower the longer nothing moves, and puts what it says of the progress in
 * its place: nothing else of the page changes, so that nothing that is typed is lost and the focus stays. A reader hears of it every
 * fifteen seconds at most, and of the end at once. Nothing moves but a figure and the length of a bar.
 */
export const PROGRESS_SCRIPT = `'use strict';
const FIRST_MS = 2000, SLOWEST_MS = 15000, SAYS_MS = 15000, GIVES_UP_AFTER = 20;
const parts = () => [...document.querySelectorAll('[data-progress]')];
const says = (id, text) => { const at = document.querySelector('[data-progress-says="' + CSS.escape(id) + '"]'); if (at) at.textContent = text; };
let waitMs = FIRST_MS, saidAt = Date.now(), failures = 0;
const end = (part) => {
  const over = document.createElement('p');
  const link = document.createElement('a');
  link.href = location.href.split('#')[0];
  link.textContent = part.dataset.over;
  over.append(link);
  part.querySelectorAll(':scope > p').forEach((one) => one.remove());
  part.append(over);
  part.removeAttribute('data-progress');
  says(part.id, part.dataset.over);
};
const take = (part, found) => {
  if (!found) return end(part);
  const [now, then] = [part.querySelector('[data-figures]'), found.querySelector('[data-figures]')];
  if (!now || !then || now.textContent === then.textContent) return;
  waitMs = FIRST_MS;
  now.textContent = then.textContent;
  part.querySelector('progress').value = found.querySelector('progress').value;
  if (Date.now() - saidAt < SAYS_MS) return;
  saidAt = Date.now();
  says(part.id, then.textContent);
};
const look = async () => {
  if (document.visibilityState === 'visible') {
    try {
      const answer = await fetch(location.href, { headers: { accept: 'text/html' }, redirect: 'error', cache: 'no-store' });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      waitMs = Math.min(SLOWEST_MS, Math.round(waitMs * 1.3));
      failures = 0;
      for (const part of parts()) take(part, page.getElementById(part.id));
    } catch {
      failures += 1;
      waitMs = SLOWEST_MS;
    }
  }
  // Signed out, or the network is gone for long: the link remains.
  if (parts().length > 0 && failures < GIVES_UP_AFTER) setTimeout(look, waitMs);
};
setTimeout(look, waitMs);
`;
