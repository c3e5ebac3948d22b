// The proof of a printed order (bon à tirer, BAT): the operator submits it, the payer that leads approves these very bytes
// or sends them back. Kept is the SHA-256 and where the file is, not the file: a printer's proof has tens of megabytes and
// lives on the printer's portal; what has to be certain later is which bytes were approved, by whom, and when.
import { reject, type PayerId, type Rejected } from '#libs/kernel';
import type { Step } from '../order-step.decision.js';
import type { RefusalCode } from '../refusals.js';

export const PROOF_STATES = ['none', 'pending', 'approved', 'sent_back'] as const;
export type ProofState = (typeof PROOF_STATES)[number];
export type Proof = Readonly<{ state: ProofState; /** Of the last one. */ sha256: string | null }>;
/** `payers`: the first leads, whatever it pays. */
export type ProvableOrder = Readonly<{ paper: boolean; isCancelled: boolean; payers: readonly PayerId[] }>;

const STATE_AFTER: Partial<Record<Step['step'], ProofState>> = {
  proof_submitted: 'pending', proof_approved: 'approved', proof_sent_back: 'sent_back',
};

export function proofOf(steps: readonly Pick<Step, 'step' | 'sha256'>[]): Proof {
  const last = steps.findLast(({ step }) => STATE_AFTER[step] !== undefined);
  return last ? { state: STATE_AFTER[last.step]!, sha256: last.sha256 } : { state: 'none', sha256: null };
}

/** A later proof takes the place of one that nobody answered yet. Null: it may be submitted. */
export function decideProof(order: ProvableOrder | undefined, proof: Proof): Rejected<RefusalCode> | null {
  if (!order) return reject('order_not_found');
  if (order.isCancelled) return reject('order_cancelled');
  if (!order.paper) return reject('proof_not_needed');
  return proof.state === 'approved' ? reject('proof_approved') : null;
}

export type ProofAnswer = Readonly<{ payerId: PayerId; sha256: string }>;

/** Null: the answer counts. */
export function decideProofAnswer(
  order: ProvableOrder | undefined, proof: Proof, { payerId, sha256 }: ProofAnswer,
): Rejected<RefusalCode> | null {
  // An order of other payers is as unknown to a payer as one that does not exist.
  if (!order || !order.payers.includes(payerId)) return reject('order_not_found');
  const refused = decideProof(order, proof);
  if (refused) return refused;
  if (order.payers[0] !== payerId) return reject('payer_not_leading');
  if (proof.state !== 'pending') return reject('proof_not_submitted');
  return proof.sha256 === sha256 ? null : reject('proof_hash_differs');
}
