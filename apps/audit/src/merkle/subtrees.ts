// Which hashes a tree over so many leaves is put together from (RFC 6962, 2.1). Pure: only places, no hashes.

/** The leaves from `first` up to, and without, `end`. */
export type Range = Readonly<{ first: number; end: number }>;
/** The 2^level leaves from position * 2^level on: its hash stands for ever once they are all there. */
export type Subtree = Readonly<{ level: number; position: number }>;

/** The largest power of two below `count`: where a tree of so many leaves is split. `count` is at least 2. */
function splitOf(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}

/** The full subtrees of a range, the largest first. Its beginning is where a tree or a right half begins. */
export function subtreesOf({ first, end }: Range): Subtree[] {
  const found: Subtree[] = [];
  for (let at = first; at < end;) {
    let [level, width] = [0, 1];
    while (width * 2 <= end - at) [level, width] = [level + 1, width * 2];
    found.push({ level, position: at / width });
    at += width;
  }
  return found;
}

/** PATH: what stands beside the way from a leaf to the root, the lowest first. */
export function inclusionRanges(index: number, size: number): Range[] {
  const path: Range[] = [];
  let [first, end] = [0, size];
  while (end - first > 1) {
    const middle = first + splitOf(end - first);
    if (index < middle) {
      path.unshift({ first: middle, end });
      end = middle;
    } else {
      path.unshift({ first, end: middle });
      first = middle;
    }
  }
  return path;
}

/** PROOF: what shows that the tree of `from` leaves is the beginning of the tree of `to` leaves. */
export function consistencyRanges(from: number, to: number): Range[] {
  const path: Range[] = [];
  let [first, end] = [0, to];
  while (from < end) {
    const middle = first + splitOf(end - first);
    if (from <= middle) {
      path.unshift({ first: middle, end });
      end = middle;
    } else {
      path.unshift({ first, end: middle });
      first = middle;
    }
  }
  // From the left edge on it is the old root itself, which whoever asks has already.
  return first === 0 ? path : [{ first, end }, ...path];
}
