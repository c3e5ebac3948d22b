// The list of what waits, on every page of the till: the count first, then each with its number, time and state in words.
import { isClosedHere } from './ask.js';
import { mayWithdraw } from './captures.js';
import { keptCaptures, type Capture } from './storage.js';
import { clock, euros, fill, piece, word } from './words.js';

export async function showQueue(message = ''): Promise<void> {
  const section = document.getElementById('queue');
  if (!section) return;
  const isClosed = await isClosedHere();
  const captures = (await keptCaptures().catch(() => [])).filter(({ state }) => state !== 'seen');
  const pending = captures.filter(({ state }) => state === 'pending').length;
  section.hidden = (isClosed ? pending : captures.length) === 0;
  const badge = document.getElementById('pending-count');
  if (badge) {
    badge.hidden = pending === 0;
    fill(badge, 'pending', waiting(pending));
  }
  fill(section, 'count', pending === 0 ? word('queue_answered') : waiting(pending));
  fill(section, 'message', isClosed ? word('queue_closed') : message);
  section.querySelector<HTMLElement>('[data-act="send"]')!.hidden = pending === 0 || isClosed;
  section.querySelector<HTMLElement>('[data-slot="risk"]')!.hidden = pending === 0;
  // Refused ones first: somebody has to do something about them.
  const order = { refused: 0, pending: 1, redeemed: 2, seen: 3 } as const;
  const shown = isClosed ? [] : captures;
  // What was taken a moment ago says its amount as well.
  if (isClosed) document.querySelector('#above > .answer')?.remove();
  const lines = shown.toSorted((a, b) => order[a.state] - order[b.state] || a.number - b.number).flatMap(lineOf);
  section.querySelector('ul')!.replaceChildren(...lines);
}

const waiting = (count: number): string => (count === 1 ? word('queue_one') : word('queue_many', { n: count }));

function lineOf(capture: Capture): HTMLElement[] {
  const line = piece(`queue-${capture.state}`);
  if (!line) return [];
  const cents = capture.amountCents ?? capture.said.amountCents;
  fill(line, 'what', word('queue_line', { n: capture.number, time: clock(capture.capturedAt) }));
  fill(line, 'amount', cents === undefined ? '' : euros(cents));
  const isOut = capture.state === 'pending' && !mayWithdraw(capture);
  if (isOut) line.querySelector('details')?.remove();
  fill(line, 'sentence', capture.sentence ?? (isOut ? word('queue_out') : ''));
  line.querySelector<HTMLButtonElement>('button')?.setAttribute('value', capture.id);
  return [line];
}

/** Amber, dashed, with hourglass and word: nobody may take it for a yes. */
export function showPending(captures: readonly Capture[], amountCents: number | undefined, withinHours: number): void {
  const screen = piece('later-screen');
  if (!screen) return;
  fill(screen, 'sum', amountCents === undefined ? '' : euros(amountCents));
  fill(screen, 'numbers', captures.length === 1 ? word('note_number', { n: captures[0]!.number })
    : word('note_numbers', { first: captures[0]!.number, last: captures.at(-1)!.number }));
  fill(screen, 'hours', word('send_within', { n: withinHours }));
  document.querySelectorAll('.answer').forEach((old) => old.remove());
  document.getElementById('above')?.replaceChildren(screen);
  scrollTo(0, 0);
}

/** The answers are in the list now: what said "pending" over the page would be wrong. */
export function showAnswers(): void {
  document.querySelector('#above > .answer')?.remove();
  document.getElementById('queue')?.scrollIntoView({ block: 'start' });
}
