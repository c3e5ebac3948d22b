import { Query } from '@nestjs/cqrs';
import type { AllocationId, ProgrammeId } from '#libs/kernel';
import type { SharingRule } from '../sharing-rules/sharing-rule.decision.js';

/** `programmeId` null: the national pool. */
export type CommonsPool = Readonly<{
  programmeId: ProgrammeId | null; programmeName: string | null;
  in: bigint; out: bigint; balance: bigint;
  /** Of what went out: set aside for early payments that are neither netted nor lapsed. It comes back. */
  setAside: bigint;
  movements: number;
  rule: SharingRule | null; announced: SharingRule | null;
}>;

/** The national pool first, then those of programmes that have or had a sharing rule. */
export class ListCommonsPools extends Query<readonly CommonsPool[]> {}

export type PoolMovement = Readonly<{
  /** The first movement of the pool has 1. */
  number: number;
  eventId: string; at: Date; rule: string;
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
