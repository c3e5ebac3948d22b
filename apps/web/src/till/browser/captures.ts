// What may be done with the captures that this device keeps. Pure: they and the moment are handed in.
import type { Capture } from './storage.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

const isWithinDay = ({ capturedAt }: Pick<Capture, 'capturedAt'>, atMs: number): boolean => Date.parse(capturedAt) > atMs - DAY_MS;

/** Those that were read by somebody count as well: the server counts them, and would refuse what was taken in their place. */
export const countOfDay = (captures: readonly Capture[], atMs: number): number => captures.filter((each) => isWithinDay(each, atMs)).length;

/** Read, and of no day any more whose count they belong to. */
export const outlived = (captures: readonly Capture[], atMs: number): readonly Capture[] =>
  captures.filter((each) => each.state === 'seen' && !isWithinDay(each, atMs));

/**
 * What is sent now. The clock of the device was set back since where a capture is of later: the server would refuse it for good, and
 * takes it once its moment has come. One that is further away is told what is wrong.
 */
export function toSend(captures: readonly Capture[], atMs: number, withinHours: number): readonly Capture[] {
  const lastMs = atMs + withinHours * HOUR_MS;
  return captures.filter(({ state, capturedAt }) => {
    const capturedMs = Date.parse(capturedAt);
    return state === 'pending' && (capturedMs <= atMs || capturedMs > lastMs);
  });
}

/** What has left the device may be redeemed, though no answer came. */
export const mayWithdraw = ({ state, hasLeft }: Pick<Capture, 'state' | 'hasLeft'>): boolean => state === 'pending' && !hasLeft;

/** What the server answers about one. */
export type Line = Readonly<{
  id: string; outcome: 'redeemed' | 'refused'; redemption?: Readonly<{ amountCents: number }>; code?: string; sentence?: string;
}>;

/** The clock of the device is ahead at midnight: nothing is decided yet, and the same is decided once that day has come. */
export const isTooEarly = ({ code }: Pick<Line, 'code'>): boolean => code === 'service_in_future';

/** As it was before it was sent where nothing was decided; else without its seal. */
export function afterwards(before: Capture, line: Line): Capture {
  if (isTooEarly(line)) return before;
  const { sealed: _, hasLeft: __, ...capture } = before;
  const { outcome, redemption, sentence } = line;
  return { ...capture, state: outcome, ...(redemption && { amountCents: redemption.amountCents }), ...(sentence !== undefined && { sentence }) };
}
