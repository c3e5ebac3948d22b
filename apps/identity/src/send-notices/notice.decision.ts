// Who gets which mail. What somebody has to act on reaches everybody of the party; the rest whoever wants it.
import type { BodyOf, VintageNoticeDueV1 } from '#libs/contracts';

export type NoticeName = BodyOf<typeof VintageNoticeDueV1>['notice'];
export type Party = BodyOf<typeof VintageNoticeDueV1>['parties'][number];
export type Language = 'fr' | 'en';

/** Asked for by the agreement with a payer or a distributor: nobody opts out of it. */
const OBLIGATORY: ReadonlySet<NoticeName> = new Set(['sign_off_due', 'charge_to_acknowledge', 'stop_handing_over']);

export const isOptional = (notice: NoticeName): boolean => !OBLIGATORY.has(notice);

/** `optional` is what the person chose; without a choice, everything. */
export const isDeclined = (notice: NoticeName, { optional }: Readonly<{ optional: boolean }>): boolean => !optional && isOptional(notice);

/** Doubling from a minute, so that a server that is away for a night is found again within the hour. */
const [FIRST_TRY_AGAIN_MS, TRY_AGAIN_MS_MAX] = [60_000, 3_600_000];
export const nextTryAt = (tries: number, now: Date): Date =>
  new Date(now.getTime() + Math.min(TRY_AGAIN_MS_MAX, FIRST_TRY_AGAIN_MS * 2 ** Math.min(tries, 10)));
