// What a place's opening hours, as a file has them, say of one moment. Only what leaves no doubt is told: somebody who stands before
// a closed door because a program guessed is worse off than somebody who reads the text.
import OpeningHoursOf from 'opening_hours';
import { holidayStateOf } from '../lamednum/holiday-state.js';
import { fromProcessClock, toProcessClock } from './wall-clock.js';

export type Where = Readonly<{ timeZone: string; postalCode: string | null; inseeCode: string | null }>;

export type HoursAt = Readonly<{
  /** Unknown: by appointment, or whatever else the comment says. */
  state: 'open' | 'closed' | 'unknown';
  comment: string | null;
  /** Null: none within a year. */
  nextChange: Date | null;
  isPublicHoliday: boolean;
}>;

/** The longest that a published list has is half of it; what is longer is prose, and reading takes its time. */
const TEXT_LENGTH_MAX = 400;
/** The library takes twice as long, and twice the memory, for each further open end: thirty of them end the process, and its tills. */
const OPEN_ENDS_MAX = 4;
/** Rules and ranges: each is laid against each other. A week with two ranges a day and its holidays has nearly as many. */
const PARTS_MAX = 24;
const YEAR_MS = 366 * 86_400_000;

/**
 * School holidays are another calendar each year, and the library's has gaps; the sun's hours it reads from the clock of this process.
 */
const NOT_TOLD = /\bSH\b|\b(sunrise|sunset|dawn|dusk)\b/i;

/** Remarks on style. Any other warning says that the library took a text for what it probably means. */
const STYLE: readonly string[] = [
  'additional_rule_which_evaluates_to_closed', 'combine_rules', 'date_past', 'date_range_past', 'empty_comment', 'omit_ko', 'please_use_ok_for_ko',
  'public_holiday', 'separator_for_readability', 'switched', 'use_multi', 'year_past',
];

/** Undefined where the text is not understood. */
export function hoursAt(text: string, where: Where, at: Date): HoursAt | undefined {
  if (isWild(text) || NOT_TOLD.test(text)) return undefined;
  const moment = toProcessClock(where.timeZone, at);
  try {
    const hours = new OpeningHoursOf(text, locationOf(where), OPTIONS);
    if (hours.getStructuredWarnings().some(({ type }) => !STYLE.includes(type))) return undefined;
    if (!moment) return { state: 'unknown', comment: null, nextChange: null, isPublicHoliday: false };
    const change = hours.getNextChange(moment, new Date(moment.getTime() + YEAR_MS));
    return {
      state: hours.getStateString(moment, true), comment: hours.getComment(moment) ?? null,
      isPublicHoliday: hours.getPublicHolidayContext(moment).isHoliday,
      nextChange: change && change.getTime() - moment.getTime() < YEAR_MS ? fromProcessClock(where.timeZone, change) : null,
    };
  } catch {
    // The library throws its explanations, as texts, at whatever it cannot read: nobody who wrote to a file is told, and nothing is lost.
    return undefined;
  }
}

const isWild = (text: string): boolean =>
  text.length > TEXT_LENGTH_MAX || text.split('+').length > OPEN_ENDS_MAX + 1 || text.split(/[,;|]+/).length > PARTS_MAX;

/** Times of day only, no points in time; the name of a holiday in French. */
const OPTIONS = { mode: 0, locale: 'fr', tag_key: undefined, map_value: undefined, warnings_severity: undefined };

/** As a geocoder would name the place. Where exactly it is matters to the sun alone: the middle of the country will do. */
const locationOf = ({ postalCode, inseeCode }: Where) =>
  ({ lat: 46.6, lon: 1.9, address: { country_code: 'fr', state: holidayStateOf(inseeCode ?? postalCode ?? '') } });
