/**
 * How the departure of a place ends: it took that back before its day, or was accredited again on an application of after it. A code is
 * never renamed or reused.
 */
export const DEPARTURE_ENDS = ['taken_back', 'accredited_again'] as const;
export type DepartureEnd = (typeof DEPARTURE_ENDS)[number];
