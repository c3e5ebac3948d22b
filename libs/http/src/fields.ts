// The vocabulary of request and answer bodies at the HTTP edge.
import { z } from 'zod';
import { localDate, parseId, PREFIXES, showId, type Cents, type Id, type LocalDate, type Noun, type Month } from '#libs/kernel';

const UUID_TEXT = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

/** `plc_<uuid>` on the wire, a branded plain uuid inside. */
export const idIn = <N extends Noun>(noun: N) => z.string()
  .regex(new RegExp(`^${PREFIXES[noun]}_${UUID_TEXT}$`), `expected an id like ${PREFIXES[noun]}_<uuid>`)
  .transform((text): Id<N> => parseId(noun, text)!);

/** The form that leaves: `plc_<uuid>`. */
export const idOut = <N extends Noun>(noun: N, id: Id<N>): string => showId(noun, id);

/** Describes an id in an answer. */
export const idText = (noun: Noun) => z.string().describe(`${PREFIXES[noun]}_<uuid>`);

/** Text that people wrote: trimmed, not empty, at most `lengthMax` characters. */
export const textIn = (lengthMax: number) => z.string().trim().min(1).max(lengthMax);

/** Whole cents above 0. The bound is what one order of a large payer may be: ten million euros. */
export const AMOUNT_CENTS_MAX = 1_000_000_000;
export const amountIn = z.int().positive().max(AMOUNT_CENTS_MAX).transform((amount): Cents => BigInt(amount) as Cents);

/** `YYYY-MM-DD`, a day of the calendar. */
// Aborts: a rule about two days is not asked about what is none.
export const dayIn = z.string().refine(isDay, { message: 'expected a day like 2026-01-31', abort: true }).transform((text): LocalDate => localDate(text));

/** `YYYY-MM`, a month of the calendar. */
export const monthIn = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'expected a month like 2026-01').transform((text) => text as Month);

function isDay(text: string): boolean {
  try {
    // PostgreSQL knows no year 0; and the day after the last of 9999 is written with a sign, which sorts before all others.
    return localDate(text) >= '0001-01-01' && text < '9000-01-01';
  } catch {
    return false;
  }
}

/** An instant with its offset, of the years that PostgreSQL and our answers can write: in UTC from 1 to 9999. */
export const instantIn = z.iso.datetime({ offset: true, abort: true }).transform((text) => new Date(text))
  .refine((at) => at.getUTCFullYear() >= 1 && at.getUTCFullYear() <= 9999, { message: 'expected an instant of the years 1 to 9999', abort: true });
