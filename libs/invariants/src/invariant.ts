// What must hold of the money at every moment, as SQL that returns the rows that break it: none means it holds.

export type Tier =
  /** A service checks it alone, under its own role, every minute. */
  | 'local'
  /** Audit checks it alone too, every minute: what a ledger announced against audit's own copy of the events. */
  | 'crossing'
  /** Spans two services or more; seen by the inspector in tests, the demo and `mereau inspect`. */
  | 'inspector';

export type Invariant = Readonly<{
  id: string;
  /** One true sentence. */
  holds: string;
  tier: Tier;
  /** The schema whose service checks it, for a local or a crossing one. */
  schema?: 'issuance' | 'redemption' | 'settlement' | 'audit' | 'identity';
  /** Returns (row_named text, detail text); every statement of it in one snapshot. */
  sql: string;
  /** The fault that a test plants to see this one catch it. */
  fault: string;
}>;

export type Broken = Readonly<{ invariant: string; holds: string; rowNamed: string; detail: string }>;

/** Debit positive, credit negative, per account: the common table expression that most of them start from. */
export const movements = (schema: string): string => `
  select debit as account, amount, event_id, line, custody_account_id, currency from ${schema}.transfer
  union all
  select credit, -amount, event_id, line, custody_account_id, currency from ${schema}.transfer`;

/** Messages that `sender` still owes `receiver`: no batch yet, not acknowledged, or a dead letter there. */
export const owed = (sender: string, receiver: string): string => `
  select m as message from ${sender}.outbox, jsonb_array_elements(messages) m
  union all
  select m from ${sender}.sent_batch, jsonb_array_elements(messages) m
    where receiver = '${receiver}' and acknowledged_at is null
  union all
  select message from ${receiver}.dead_letter where sender = '${sender}' and replayed_at is null`;

/** Their ids. */
export const underway = (sender: string, receiver: string): string =>
  `select (message ->> 'id')::uuid as id from (${owed(sender, receiver)}) o`;
