/** Why a place is suspended or its accreditation withdrawn, and how that ends. A code is never renamed or reused. */
export const MEASURE_REASONS = [
  'fraud_suspected', 'conditions_not_met', 'documents_missing', 'not_reachable', 'place_closed', 'asked_by_place', 'other',
] as const;
export type MeasureReason = (typeof MEASURE_REASONS)[number];

/** By the operator, by an appeal that was upheld, or by a later accreditation of a place that was withdrawn. */
export const MEASURE_ENDS = ['reinstated', 'overturned', 'accredited_again'] as const;
export type MeasureEnd = (typeof MEASURE_ENDS)[number];
