// Vouchers are locked in the order of their hashes. Of the same key for other vouchers, or for none, two processes find out only
// as they write it, and wait for each other there: keys have one order too.
export const inKeyOrder = <Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] =>
  [...items].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
