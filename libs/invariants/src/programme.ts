// The rules of programmes, in issuance as they were published and in redemption as tills and accreditations go by them.
import { owed, type Invariant } from './invariant.js';

export const PROGRAMME_RULES: readonly Invariant[] = [
  {
    id: 'G1',
    holds: 'what binds a batch at the till is what the rules of its order say',
    tier: 'inspector',
    fault: 'let a batch be used for a service that its order was not for',
    sql: `select 'batch:' || b.id as row_named,
        'issuance says version ' || r.version || ' for ' || r.services::text || ', at most ' || coalesce(r.redemption_max_cents::text, 'all')
          || ', prices ' || r.service_prices || ', offline ' || r.offline || '; redemption knows version ' || b.rule_version || ' for ' || b.services::text || ', at most ' || coalesce(b.redemption_max::text, 'all')
          || ', prices ' || b.service_prices || ', offline ' || b.offline as detail
      from redemption.batch b join issuance.batch i on i.id = b.id join issuance.order o on o.id = i.order_id
        join issuance.programme_rule r on r.programme_id = o.programme_id and r.version = o.rule_version
      where b.rule_version is not null
        and (b.rule_version, b.services, b.redemption_max, b.service_prices, b.offline)
          is distinct from (r.version, r.services, r.redemption_max_cents, r.service_prices, r.offline)`,
  },
  {
    id: 'G2',
    holds: 'a voucher is used for what it is for, and for no more at once than its rules allow',
    tier: 'local', schema: 'redemption',
    fault: 'edit the service and the amount of a redemption as a superuser',
    sql: `select 'redemption:' || r.id as row_named,
        coalesce(r.service, 'no service') || ' for ' || r.amount || ', of vouchers for ' || b.services::text || ' and at most '
          || coalesce(b.redemption_max::text, 'all') as detail
      from redemption.batch b join redemption.redemption r on r.batch_id = b.id
      where (cardinality(b.services) > 0 and not coalesce(r.service = any(b.services), false)) or r.amount > b.redemption_max`,
  },
  {
    id: 'G3',
    holds: 'redemption knows the territory and the day of effect of every version of rules, as far as messages have arrived',
    tier: 'inspector',
    fault: 'let redemption believe in a version that nobody published, and in another territory',
    sql: `with told as (select programme_id, version, effective_from, territory, published_at from issuance.programme_rule),
        known as (select programme_id, version, effective_from, territory from redemption.known_programme_rule),
        open as (select message -> 'body' as body from (${owed('issuance', 'redemption')}) o where message ->> 'type' = 'programme.published.v1')
      select 'programme:' || programme_id as row_named, 'version ' || version || ': issuance says ' || coalesce(told.effective_from || ' ' || told.territory, 'nothing')
        || ', redemption knows ' || coalesce(known.effective_from || ' ' || known.territory, 'nothing') as detail
      from told full join known using (programme_id, version)
      -- Rules of before were told without a day, and need not be here.
      where (told.published_at is not null or told.territory is null)
        and (told.effective_from, told.territory) is distinct from (known.effective_from, known.territory)
        and not exists (select from open where body ->> 'programmeId' = programme_id::text and body ->> 'ruleVersion' = version::text)`,
  },
];
