// Why a departure is not stated, not taken back, or not overruled.
import type { RefusalCatalogue } from '#libs/kernel';

export const DEPARTURES = {
  departure_day_past: {
    status: 409, retryable: false,
    sentence: 'A departure does not reach back: give today at the site, or a later day.',
  },
  departure_too_far: {
    status: 409, retryable: false,
    sentence: 'A departure is stated at most a year ahead: give a day up to lastDay, or come back when it is nearer.',
  },
  nothing_to_leave: {
    status: 409, retryable: false,
    sentence: 'On that day the place takes part in no such programme any more: see until when it is accredited.',
  },
  departure_stated: {
    status: 409, retryable: false,
    sentence: 'The place leaves this programme already, from that day on: take that back first to choose another day.',
  },
  departure_stands: {
    status: 409, retryable: false,
    sentence: 'The place leaves this programme by its own word, from that day on: it comes back by an application of its own.',
  },
  departure_not_found: {
    status: 404, retryable: false,
    sentence: 'No departure of your place has this id: see the departures that it stated.',
  },
  departure_ended: {
    status: 409, retryable: false,
    sentence: 'The departure was taken back, or the place was accredited again since: there is nothing to take back.',
  },
  departure_begun: {
    status: 409, retryable: false,
    sentence: 'The day of the departure has come: the place comes back by a new application for accreditation.',
  },
} as const satisfies RefusalCatalogue;
