import { Query } from '@nestjs/cqrs';
import type { GiftReference } from '#libs/contracts';
import type { AllocationId, ProgrammeId } from '#libs/kernel';
import type { KeptRule } from '../sharing-rules/sharing-rule.decision.js';

/** A transfer with this reference, to one of these accounts, is booked as a gift to the pool by itself. */
export type HowToGive = Readonly<{
  reference: GiftReference; accounts: readonly Readonly<{ holder: string; iban: string; bic: string }>[];
}>;

/** `programmeId` null: the national pool. */
export type CommonsPool = Readonly<{
  programmeId: ProgrammeId | null; programmeName: string | null;
  in: bigint; out: bigint; balance: bigint;
  /** Of what went out: set aside for early payments that are neither netted nor lapsed. It comes back. */
  setAside: bigint;
  movements: number;
  /** Null: none is taken now. */
  gift: HowToGive | null;
  rule: KeptRule | null; announced: KeptRule | null;
}>;

/** The national pool first, then those of programmes that have or had a sharing rule. */
export class ListCommonsPools extends Query<readonly CommonsPool[]> {}

export type PoolMovement = Readonly<{
  /** The first movement of the pool has 1. */
  number: number;
  eventId: string; at: Date; rule: string;
  /** Of how many statements it is the sum; 1 of anything else. */
  parts: number;
  /** It is told in the sum of a later one. */
  isPart: boolean;
  /** Below zero: out of the pool. */
  amount: bigint;
  balance: bigint;
  sharingRule: Readonly<{ programmeId: ProgrammeId; version: number }>[];
  allocation: Readonly<{ allocationId: AllocationId; legalName: string | null; reason: string; votes: number }> | null;
}>;

/** Newest first; `below`: a number of a movement. */
export class ListPoolMovements extends Query<readonly PoolMovement[]> {
  constructor(readonly asked: Readonly<{ programmeId: ProgrammeId | null; below: number | null; rowsMax: number }>) { super(); }
}
