// The diary against the books, purely: what tills were told, when they asked first and when they asked again, and what was
// written under their keys.
import type { Told } from './load.js';

export type Asked = Readonly<{ key: string; toldBefore: Told | undefined; told: Told | undefined }>;
export type Judged = Readonly<{ asked: number; acknowledged: number; refused: number; lost: number }>;

const isYes = (told: Told | undefined): told is Told => told !== undefined && told.code === undefined;
const isSame = (a: Told, b: Told | undefined): boolean => b !== undefined && a.code === b.code && a.amountCents === b.amountCents;

/**
 * An attempt is lost when a yes is not in the books with its amount, when a no is in them after all, when a second answer
 * differs from the first, or when there is no answer even in calm.
 */
export function compare(attempts: readonly Asked[], bookedCents: ReadonlyMap<string, number>): Judged {
  const isLost = ({ key, toldBefore, told }: Asked): boolean => {
    if (told === undefined || (toldBefore && !isSame(toldBefore, told))) return true;
    return isYes(told) ? bookedCents.get(key) !== told.amountCents : bookedCents.has(key);
  };
  const acknowledged = attempts.filter(({ told }) => isYes(told)).length;
  const unanswered = attempts.filter(({ told }) => told === undefined).length;
  return {
    asked: attempts.length, acknowledged, refused: attempts.length - acknowledged - unanswered, lost: attempts.filter(isLost).length,
  };
}
