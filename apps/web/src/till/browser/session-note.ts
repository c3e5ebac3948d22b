// On every page of somebody who is signed in, and on the one after a sign-out: notes which it was, and on the latter says what waits.
import { notePlace } from './session.js';
import { keptCaptures } from './storage.js';
import { fill, word } from './words.js';

async function showStillPending(notice: HTMLElement): Promise<void> {
  const pending = (await keptCaptures()).filter(({ state }) => state === 'pending').length;
  fill(notice, 'count', pending === 1 ? word('queue_one') : word('queue_many', { n: pending }));
  notice.hidden = pending === 0;
}

const { place } = document.body.dataset;
if (place !== undefined) notePlace(place);
const notice = document.getElementById('still-pending');
if (notice) void showStillPending(notice);
