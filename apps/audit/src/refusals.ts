import type { RefusalCatalogue } from '#libs/kernel';

export const REFUSALS = {
  event_not_found: { status: 404, retryable: true, sentence: 'Audit has no event with this id; a fresh one may still be under way.' },
} as const satisfies RefusalCatalogue;
