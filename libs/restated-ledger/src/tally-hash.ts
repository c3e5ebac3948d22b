/**
 * SQL for the hash of what an event moved of a kind of account. Summed up it is a digest that does not depend on an order, and that
 * one event can be taken out of: what a tally lacks is the hash of the event that it lacks. Against faults, not against who could
 * choose amounts and ids to collide: those are found by the comparison row by row.
 */
export const tallyHash = (eventId: string, amount: string): string =>
  `('x' || left(encode(sha256(convert_to(${eventId}::text || ':' || (${amount})::text, 'UTF8')), 'hex'), 16))::bit(64)::bigint`;

/** SQL for the kind by which an account is tallied: banks and pairs each for themselves. */
export const talliedAs = (account: string): string =>
  `case when ${account} like 'bank:%' or ${account} like 'clearing:%' then ${account} else split_part(${account}, ':', 1) end`;
