// Decision 23: a payer may see its own vouchers from groups of five on. What is below is left out, not rounded: a number
// that is nearly right would be used as one that is.

/** Vouchers and whole booklets. */
type Counted = Readonly<{ vouchers: number; booklets: number }>;
export type People = Readonly<{ handedOver: Counted | null; firstUse: number | null; usedUp: number | null }>;

/** Whole booklets are people; vouchers outside of whole ones may be one person, whatever their number. */
export function withoutSmallGroups<Row extends People>(row: Row, groupMin: number): Row {
  const isSmall = (count: number | null): boolean => count !== null && count > 0 && count < groupMin;
  const { handedOver, firstUse, usedUp } = row;
  const few = handedOver !== null && handedOver.vouchers > 0 && handedOver.booklets < groupMin;
  return {
    ...row, handedOver: few ? null : handedOver, firstUse: few || isSmall(firstUse) ? null : firstUse,
    usedUp: few || isSmall(usedUp) ? null : usedUp,
  };
}
