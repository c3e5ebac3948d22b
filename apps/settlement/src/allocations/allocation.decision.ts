// What the commons give, and who says so: proposed by one, voted by others, each once. Two voices for it and none against carry it; the
// first one against ends it. Colleges count the same voices later.
import { reject, toWire, type AllocationId, type BankAccountId, type Cents, type PayeeId, type Rejected } from '#libs/kernel';
import { accounts, transfer, type Posting } from '#libs/ledger';
import type { RefusalCode } from '../refusals.js';

type Refused = Rejected<RefusalCode>;

export type ProposedAllocation = Readonly<{
  /** False when it is none of ours. */
  bankAccount: boolean;
  payee: Readonly<{ complete: boolean; isOperator: boolean; account: 'none' | 'blocked' | 'verified' }> | undefined;
  amount: Cents;
  /** What the pool has on that custody account. */
  pool: bigint;
  /** False where it is to be of a programme that has no sharing rule in force: nobody could decide. */
  isPool: boolean;
}>;

export function decideProposal({ bankAccount, payee, amount, pool, isPool }: ProposedAllocation): { kind: 'proposed' } | Refused {
  if (!bankAccount) return reject('bank_account_unknown');
  if (!isPool) return reject('pool_unknown');
  if (!payee) return reject('payee_unknown');
  if (payee.isOperator) return reject('allocation_to_operator');
  if (!payee.complete) return reject('payee_incomplete');
  if (payee.account !== 'verified') return reject('allocation_without_account', { account: payee.account });
  return against(amount, pool) ?? { kind: 'proposed' };
}

export const VOICES = ['for', 'against'] as const;
export type Voice = (typeof VOICES)[number];
export type Spoken = Readonly<{ userId: string; voice: Voice }>;

export type Allocation = Readonly<{
  allocationId: AllocationId; pool: string; bankAccountId: BankAccountId; payeeId: PayeeId; amount: Cents; proposedBy: string;
  voices: readonly Spoken[]; outcome: 'voted' | 'declined' | null;
}>;
export type Speaker = Spoken & Readonly<{ isBehindAccount: boolean }>;
export type Vote = Readonly<{
  /** As of now, under the lock of the pool: two allocations may have been proposed over the same money. */
  inPool: bigint;
  voicesNeeded: number;
  /** Whom the rule of the pool names today; null: the national one while it has none, about which every approver then decides. */
  deciders: readonly string[] | null;
}>;
export type Heard =
  | Readonly<{ kind: 'heard' | 'declined' }>
  | Readonly<{ kind: 'voted'; votedBy: readonly string[]; posting: Posting }>;

/** A voice of somebody whom the rule named then and names no longer does not carry it. */
export function decideVoice(
  allocation: Allocation | undefined, { userId, voice, isBehindAccount }: Speaker, { inPool, voicesNeeded, deciders }: Vote,
): Heard | Refused {
  const decides = (id: string) => deciders === null || deciders.includes(id);
  if (!allocation) return reject('allocation_unknown');
  if (allocation.outcome) return reject('allocation_decided', { state: allocation.outcome });
  if (allocation.proposedBy === userId) return reject('checker_is_maker');
  if (!decides(userId)) return reject('allocation_not_decider');
  if (isBehindAccount) return reject('gives_to_own_account');
  if (allocation.voices.some((one) => one.userId === userId)) return reject('allocation_voice_given');
  if (voice === 'against') return { kind: 'declined' };
  const votedBy = [...allocation.voices.filter((one) => one.voice === 'for' && decides(one.userId)).map((one) => one.userId), userId];
  if (votedBy.length < voicesNeeded) return { kind: 'heard' };
  return against(allocation.amount, inPool) ?? { kind: 'voted', votedBy, posting: allocationPosting(allocation) };
}

const against = (amount: Cents, pool: bigint): Refused | undefined =>
  (amount > pool ? reject('commons_short', { amountCents: toWire(amount), poolCents: Number(pool) }) : undefined);

/** Row 28. */
export const allocationPosting = ({ pool, bankAccountId, payeeId, amount }: Allocation): Posting => ({
  rule: '28', custodyAccountId: bankAccountId,
  transfers: [transfer(accounts.settlement.commons(pool), accounts.settlement.allocated(payeeId), amount)],
});
