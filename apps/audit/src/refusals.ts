import type { RefusalCatalogue } from '#libs/kernel';

export const REFUSALS = {
  event_not_found: { status: 404, retryable: true, sentence: 'Audit has no event with this id; a fresh one may still be under way.' },
  checkpoint_contradicted: {
    status: 409, retryable: false,
    sentence: 'The log is not the one that an earlier checkpoint signed, so nothing is signed: follow docs/runbooks/audit-log-broken.md.',
  },
  log_empty: { status: 409, retryable: true, sentence: 'No event has arrived yet, so there is nothing to sign.' },
  checkpoint_not_found: { status: 404, retryable: true, sentence: 'There is no such checkpoint; publish one with POST /audit/checkpoints.' },
  coverage_not_stated: { status: 404, retryable: true, sentence: 'No statement of coverage is of this day; see GET /audit/coverage for those there are.' },
  log_shorter: { status: 422, retryable: true, sentence: 'The log has fewer leaves than that; the details say how many.' },
  event_not_in_log: { status: 409, retryable: true, sentence: 'The log of that size does not have this event yet; ask for a later size, or publish a checkpoint.' },
} as const satisfies RefusalCatalogue;
