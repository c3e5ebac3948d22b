// The dead letters of a service: which message, why it could not be handled, and who asked that it is tried again.
import { SERVICES, type Service } from '#libs/contracts';
import type { Listing } from '#libs/listing';
import { ERROR_CODES, errorCodeOf, type ErrorCode } from './error-codes.js';

/** `waiting`: asked for, and the service has not run it yet. */
export const LETTER_STATES = ['open', 'waiting', 'replayed'] as const;

export type AskedReplay = Readonly<{ note: string; askedBy: string; askedAt: string }>;
export type ListedLetter = Readonly<{
  id: string; sender: Service; seq: bigint; type: string; errorCode: ErrorCode; state: (typeof LETTER_STATES)[number]; failedAt: Date;
  replayedAt: Date | null;
  /** Oldest first. */
  asked: readonly AskedReplay[];
}>;

export const deadLetters = (service: Service): Listing => ({
  rows: `select d.id, d.id as "deadLetterId", d.sender, d.seq, d.type, ${errorCodeOf('d.reason')} as "errorCode", d.failed_at as "failedAt",
      d.replayed_at as "replayedAt",
      case when d.replayed_at is not null then 'replayed' when d.replay_requested_at is not null then 'waiting' else 'open' end as state,
      (select coalesce(jsonb_agg(jsonb_build_object('note', r.note, 'askedBy', r.asked_by, 'askedAt', r.asked_at) order by r.asked_at, r.id), '[]')
        from ${service}.dead_letter_replay r where r.dead_letter_id = d.id) as asked
    from ${service}.dead_letter d`,
  columns: {
    deadLetterId: { kind: 'uuid', of: 'deadLetter', filter: 'equal' },
    failedAt: { kind: 'moment', sort: true, filter: 'range' },
    sender: { kind: 'text', sort: true, filter: 'choice', choices: SERVICES },
    type: { kind: 'text', sort: true, filter: 'contains' },
    errorCode: { kind: 'text', sort: true, filter: 'choice', choices: ERROR_CODES },
    state: { kind: 'text', filter: 'choice', choices: LETTER_STATES },
  },
  usualSort: 'failedAt',
});
