// Rules of one ledger at a time: balances never below zero, guards equal to what the transfers say, operator income
// only by the rules that may make it, reversals within their originals.
import { CHART } from '#libs/ledger';
import { movements, type Invariant } from './invariant.js';

const LEDGERS = ['issuance', 'redemption', 'settlement'] as const;
type LedgerName = (typeof LEDGERS)[number];

/** `accrued` may stand on the debit side after an incident; every other debt may not. */
const neverNegative = (ledger: LedgerName) => CHART
  .filter((entry) => entry.ledger === ledger && entry.class === 'liability' && entry.kind !== 'accrued')
  .map(({ kind }) => `'${kind}'`).join(', ');

const own = (ledger: LedgerName) => CHART
  .filter((entry) => entry.ledger === ledger && entry.class === 'own').map(({ kind }) => `'${kind}'`).join(', ');

export const LEDGER_RULES: readonly Invariant[] = LEDGERS.flatMap((ledger): Invariant[] => [
  {
    id: `L4:${ledger}`,
    holds: `no debt of ${ledger} is below zero`,
    tier: 'local', schema: ledger,
    fault: 'draw more from an account than it holds, with the triggers off',
    sql: `select 'account:' || account as row_named, 'stands at ' || -sum(amount) || ' cents' as detail
      from (${movements(ledger)}) m where split_part(account, ':', 1) in (${neverNegative(ledger)})
      group by account having -sum(amount) < 0`,
  },
  {
    id: `L4g:${ledger}`,
    holds: `the guarded balances of ${ledger} are what its transfers add up to`,
    tier: 'local', schema: ledger,
    fault: 'write a guarded balance by hand',
    sql: `with said as (select account, balance from ${ledger}.guarded_balance),
      counted as (select account, -sum(amount) as balance from (${movements(ledger)}) m
        where ${ledger}.is_guarded(account) group by account)
      select 'account:' || coalesce(said.account, counted.account) as row_named,
        'guard says ' || coalesce(said.balance::text, 'nothing') || ', transfers say ' || coalesce(counted.balance::text, 'nothing') as detail
      from said full join counted using (account) where said.balance is distinct from counted.balance`,
  },
  {
    id: `L11:${ledger}`,
    holds: `a reversal in ${ledger} never exceeds what is left of its original`,
    tier: 'local', schema: ledger,
    fault: 'reverse a transfer twice, with the triggers off',
    sql: `select 'transfer:' || o.event_id || '/' || o.line as row_named,
        'of ' || o.amount || ' cents, ' || sum(r.amount) || ' were taken back' as detail
      from ${ledger}.transfer o join ${ledger}.transfer r on r.reverses_event_id = o.event_id and r.reverses_line = o.line
      group by o.event_id, o.line, o.amount having sum(r.amount) > o.amount`,
  },
  ...(own(ledger) ? [{
    id: `L10:${ledger}`,
    holds: `the operator's own accounts in ${ledger} move only by the rules that may move them`,
    tier: 'local' as const, schema: ledger,
    fault: 'book breakage to the operator',
    sql: `select 'transfer:' || event_id || '/' || line as row_named, 'rule ' || rule || ' moved ' || debit || ' to ' || credit as detail
      from ${ledger}.transfer
      where (split_part(debit, ':', 1) in (${own(ledger)}) or split_part(credit, ':', 1) in (${own(ledger)}))
        and rule not in ('1', '5', '12', '13', '18', '20', '21', '30', '31', '32', '33')`,
  }] : []),
]);
