// What the commons were asked to give and gave, to look through, add up and take away.
import type { Listing } from '#libs/listing';
import { ALLOCATION_STATES } from './allocation.commands.js';

export const allocations: Listing = {
  rows: `select a.id, a.id as newest, a.id as "allocationId", a.pool, a.custody_account_id as "bankAccountId", a.payee_id as "payeeId",
      coalesce(p.legal_name, '') as "legalName", a.amount as "amountCents", a.reason, a.proposed_by as "proposedBy", a.proposed_at as "proposedAt",
      coalesce(paying.state, d.outcome, 'proposed') as state,
      (select coalesce(jsonb_agg(jsonb_build_object('userId', v.user_id, 'voice', v.voice, 'note', v.note,
          'at', to_char(v.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by v.at, v.user_id), '[]')
        from settlement.allocation_voice v where v.allocation_id = a.id) as voices
    from settlement.allocation a join settlement.payee p on p.id = a.payee_id
    left join settlement.allocation_decision d on d.allocation_id = a.id
    left join lateral (select t.state from settlement.payment_allocation pa join settlement.payment t on t.id = pa.payment_id
      where pa.allocation_id = a.id and pa.live limit 1) paying on true`,
  columns: {
    newest: { kind: 'uuid', sort: true },
    allocationId: { kind: 'uuid', of: 'allocation', filter: 'equal' },
    payeeId: { kind: 'uuid', of: 'payee', filter: 'equal' },
    legalName: { kind: 'text', sort: true, filter: 'contains' },
    state: { kind: 'text', filter: 'choice', choices: ALLOCATION_STATES },
    proposedAt: { kind: 'moment', sort: true, filter: 'range' },
    amountCents: { kind: 'cents', sort: true, filter: 'range', sum: true },
  },
  usualSort: '-newest',
};
