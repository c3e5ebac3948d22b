// The figures of the rules as a request and a row bring them: what each bound is for. Why it is what it is: ADR 0057.
import { z } from 'zod';
import type { Figures } from './figures.decision.js';

const count = z.int().min(1).max(100_000);
const minutes = z.int().min(1).max(1_440);
const minuteOfDay = z.int().min(0).max(1_440);

export const figures = z.strictObject({
  workshopPersonsMax: count.describe('of so many people a workshop is one attendance at a till; a larger session counts as the next one for each further such group'),
  workshopPersonsMin: count.describe('a session of fewer is not counted as a workshop of its own by too_many_workshops'),
  workshopsPerDayMax: count.describe('at one place'),
  velocityMinutes: minutes,
  placeAttendancesMax: count.describe('at one place within velocityMinutes'),
  deviceAttendancesMax: count.describe('on one device within velocityMinutes'),
  drainMinutes: minutes.describe('from the hand-over of a voucher to its use'),
  drainHandOversMin: count.describe('so many hand-overs of a day, used so soon at one place'),
  bookletVouchersMin: count.describe('what is handed over together is a booklet from so many vouchers on'),
  bookletMinutes: minutes.describe('from the first voucher of a booklet to its last'),
  bookletsEmptiedMin: count.describe('of a day at one place'),
  neighbourMinutes: minutes,
  neighbourPersonsMin: count.describe('people with neighbouring vouchers of one batch; what was handed over together is one person'),
  nightFromMinute: minuteOfDay.describe('of the day, by the clock of the place'),
  nightToMinute: minuteOfDay,
  nightAttendancesMax: count.describe('at one place in the night hours of a day'),
  concentrationVouchersMin: count.describe('of a distributor, used in a month outside of workshops'),
  concentrationPercentMin: z.int().min(1).max(100).describe('of them, used at one place'),
}) satisfies z.ZodType<Figures>;
