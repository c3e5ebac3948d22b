// What was released of months, as audit signed it.
import { z } from 'zod';
import { MEASURES } from '#libs/figures';
import { idOf, showId } from '#libs/kernel';
import { coefficientShape } from '../impact/impact.data.js';

const release = z.object({ month: z.string(), madeAt: z.string(), content: z.string(), sha256: z.string() });
export const releasesShape = z.object({ items: z.array(release) });
export type Release = z.output<typeof release>;

const orNull = z.int().nullable();
const waits = z.object({ lines: z.int(), medianDays: z.int(), ninthDecileDays: z.int(), longestDays: z.int() });
const range = z.object({ low: z.number(), value: z.number(), high: z.number() });
const impactRow = z.object({
  measure: z.enum(MEASURES), coefficient: coefficientShape.pick({ code: true, version: true }).nullable(),
  estimate: range.nullable(), unknown: z.string().nullable(),
});
// What months of the first format did not say is left out of them.
const contentShape = z.object({
  counted: z.object({ leaves: z.int() }).optional(),
  coefficients: z.array(coefficientShape).default([]),
  communes: z.array(z.object({
    programmeId: z.string(), commune: z.string(), redemptions: z.int(), amountCents: z.int(), places: z.int(),
  })).default([]),
  month: z.string(), peopleMin: z.int(),
  programmes: z.array(z.object({
    programmeId: z.string(), name: z.string(), activatedCents: z.int(), expiredCents: z.int(), handedOver: orNull, redemptions: orNull,
    redeemedCents: orNull, places: orNull, timeToPay: waits.nullable(), hiddenGroups: z.int(), hiddenCommunes: z.int().default(0),
    impact: z.array(impactRow).default([]),
  })),
  services: z.array(z.object({
    programmeId: z.string(), departement: z.string().nullable(), service: z.string().nullable(), redemptions: z.int(), amountCents: z.int(),
    places: z.int(),
  })),
});
export type Month = z.output<typeof contentShape>;
export type ProgrammeMonth = Month['programmes'][number];

/** Months whose text this version does not know are left out. */
export function monthsOf(releases: readonly Release[]): readonly Month[] {
  return releases.flatMap(({ content }) => {
    try {
      const read = contentShape.safeParse(JSON.parse(content));
      return read.success ? [read.data] : [];
    } catch {
      return [];
    }
  });
}

export const shownProgramme = (programmeId: string): string => showId('programme', idOf('programme', programmeId));

export const checkpointShape = z.object({ size: z.int(), root: z.string(), time: z.string() });
export type Checkpoint = z.output<typeof checkpointShape>;
