// How far long work is, in one way on every page: n of m, a bar, what follows, and a link that looks again. What it says comes from the
// services, so that a reload shows the same. A small script looks by itself (progress.script.ts), once for all parts of a page, for
// a module runs once; without it the link does.
import { count } from '../format.js';
import { html, type Piece } from '../html.js';
import type { SignedInVisit } from '../visit.js';
import { PROGRESS_SCRIPT_PATH } from './progress.script.js';

export type Progress = Readonly<{
  /** Tells it from others on the same page. */
  id: string;
  /** What is done, as a title. */
  title: string;
  done: number; total: number;
  /** `chèques prêts`: behind the figures. */
  what: string;
  /** What happens by itself when it is done, or what to do then. */
  next: Piece;
  /** What is said where the page was open when it ended. */
  over: string;
  /** False where it takes days, and nobody waits for it before a page. */
  isLive: boolean;
}>;

/** Nothing once it is done: the page itself says so then. */
export function progressPart(visit: SignedInVisit, { id, title, done, total, what, next, over, isLive }: Progress): Piece {
  if (total <= 0 || done >= total) return null;
  const { say, language, path, question, person } = visit;
  // Who looks as an organisation leaves a row for each look: a page that looks by itself would fill the log of its people.
  const looks = isLive && !person.impersonation;
  const figures = `${count(done, language)} ${say('sur', 'of')} ${count(total, language)} ${what}`;
  return html`<section class="progress" id="${id}" ${looks && html`data-progress data-over="${over}"`} aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>
<p><progress max="${total}" value="${done}" aria-labelledby="${id}-title"></progress> <b data-figures>${figures}</b></p><p class="quiet">${next}</p>
${isLive && html`<p><a href="${question ? `${path}?${question}` : path}">${say('Regarder où cela en est', 'Look again')}</a></p>`}</section>${
    looks && html`<p class="visually-hidden" role="status" data-progress-says="${id}"></p><script src="${PROGRESS_SCRIPT_PATH}" type="module"></script>`}`;
}
