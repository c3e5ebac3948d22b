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

/** Twice what the clock of a device may be ahead: by then the day of a capture has begun everywhere. */
const EARLY_MS_MAX = 600_000;

/**
 * The clock of the device is ahead at midnight: nothing is decided yet, and the same is decided once that day has come. Later it is an
 * attempt online, refused under the same key, that is told again: that is decided.
 */
export const isTooEarly = ({ capturedAt }: Pick<Capture, 'capturedAt'>, { code }: Pick<Line, 'code'>, atMs: number): boolean =>
  code === 'service_in_future' && atMs < Date.parse(capturedAt) + EARLY_MS_MAX;

/** Without its seal. */
export function afterwards({ sealed: _, hasLeft: __, ...capture }: Capture, { outcome, redemption, sentence }: Line): Capture {
  const amount = redemption && { amountCents: redemption.amountCents };
  return { ...capture, state: outcome, ...amount, ...(sentence !== undefined && { sentence }) };
}
