// The rules against fraud by name, and the figures that they measure by: data with a version (figures.ts says what each is for).
type Name =
  'workshopPersonsMax' | 'workshopPersonsMin' | 'workshopsPerDayMax' | 'velocityMinutes' | 'placeAttendancesMax' |
  'deviceAttendancesMax' | 'drainMinutes' | 'drainHandOversMin' | 'bookletVouchersMin' | 'bookletMinutes' |
  'bookletsEmptiedMin' | 'neighbourMinutes' | 'neighbourPersonsMin' | 'nightFromMinute' | 'nightToMinute' |
  'nightAttendancesMax' | 'concentrationVouchersMin' | 'concentrationPercentMin';
export type Figures = Readonly<Record<Name, number>>;

export const ALERT_RULES = [
  'constructed_codes', 'neighbouring_vouchers', 'too_many_workshops', 'emptied_booklets', 'place_velocity', 'device_velocity',
  'instant_drain', 'concentration', 'night',
] as const;
export type AlertRule = (typeof ALERT_RULES)[number];

/** The worst first: what has no honest explanation but a mistake, before what a good place may do on a busy day. */
export const SEVERITIES: Readonly<Record<AlertRule, number>> = {
  constructed_codes: 9, neighbouring_vouchers: 7, too_many_workshops: 6, emptied_booklets: 6, place_velocity: 5, device_velocity: 5,
  instant_drain: 4, concentration: 3, night: 2,
};
