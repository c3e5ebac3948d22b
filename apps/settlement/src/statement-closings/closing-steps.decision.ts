// Into which transactions a closing is divided: each asks its questions anew, so few are quicker, and each holds its locks until it ends.
import type { HoldRules } from '../holds/hold.decision.js';

/** `isNew`: nothing of the payee was ever in a statement. */
export type Sized = Readonly<{ lines: number; isNew: boolean }>;
/** `held`: a line that may be held counts as so many, for it is posted and told by itself. */
export type StepBounds = Readonly<{ lines: number; statements: number; held: number }>;

/** In their order. What has more lines than a step may have is a step of its own. */
export function closingSteps<Claims extends Sized>(
  claims: readonly Claims[], { holdFirstRemittance }: HoldRules, bounds: StepBounds,
): Claims[][] {
  const steps: Claims[][] = [];
  let taken = 0;
  for (const each of claims) {
    const size = each.lines * (each.isNew && holdFirstRemittance ? bounds.held : 1);
    const step = steps.at(-1);
    if (!step || step.length === bounds.statements || taken + size > bounds.lines) {
      steps.push([each]);
      taken = size;
    } else {
      step.push(each);
      taken += size;
    }
  }
  return steps;
}
