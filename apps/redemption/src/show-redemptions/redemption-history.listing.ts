// Everything that a place ever redeemed, to look through, add up and take away.
import { SERVICE_CODES } from '#libs/contracts';
import type { Listing } from '#libs/listing';

export const REDEMPTION_STATES = ['redeemed', 'undone'] as const;

/** `$1`: the place, or null for all of them. */
export const redemptionHistory: Listing = {
  rows: `select r.id, r.redeemed_at as "redeemedAt", r.service_date as "serviceDate", r.amount as "amountCents", r.service,
      r.place_id as "placeId", r.programme_id as "programmeId", coalesce(p.name, '') as "programmeName",
      case when u.id is null then 'redeemed' else 'undone' end as state, case when u.id is null then r.amount else 0 end as "keptCents"
    from redemption.redemption r left join redemption.undone_redemption u on u.redemption_id = r.id
      left join redemption.known_programme p on p.programme_id = r.programme_id
    where $1::uuid is null or r.place_id = $1::uuid`,
  columns: {
    redeemedAt: { kind: 'moment', sort: true, filter: 'range' },
    serviceDate: { kind: 'day', sort: true, filter: 'range' },
    amountCents: { kind: 'cents', sort: true, filter: 'range' },
    keptCents: { kind: 'cents', sum: true },
    service: { kind: 'text', filter: 'choice', choices: SERVICE_CODES },
    programmeName: { kind: 'text', sort: true, filter: 'contains' },
    state: { kind: 'text', filter: 'choice', choices: REDEMPTION_STATES },
  },
  usualSort: '-redeemedAt',
};
