// What happens to a draft and to the order that becomes of it, as it is kept.
import type { PayerId } from '#libs/kernel';

export const STEPS = [
  'drafted', 'revised', 'quoted', 'quote_accepted', 'quote_refused', 'proof_submitted', 'proof_approved', 'proof_sent_back', 'cancelled',
] as const;
export type StepName = (typeof STEPS)[number];
export type Step = Readonly<{
  step: StepName; quoteVersion: number | null; payerId: PayerId | null; reason: string | null; reference: string | null;
  sha256: string | null; takenBy: string; takenAt: Date;
}>;
