import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { AllocationVotedV1 } from '#libs/contracts';
import { cents, dayIn, idOf, isRejected, toWire, type AllocationId, type ProgrammeId, type Rejected } from '#libs/kernel';
import { readListing, type ListingPage } from '#libs/listing';
import { OVERSEER, type Tx } from '#libs/persistence';
import { ALLOCATION_VOICES_NEEDED, BANK_TIME_ZONE, COMMONS_POOL } from '../limits.js';
import { isBehindAccount } from '../payee-bank-accounts/people-behind.store.js';
import { payingAccount } from '../settlement-runs/owed.store.js';
import { personOf, SettlementWork } from '../settlement.work.js';
import { decidersOn } from '../sharing-rules/sharing-rule.store.js';
import { GiveVoice, ListAllocations, ProposeAllocation, type HeardVoice, type ListedAllocation } from './allocation.commands.js';
import { decideProposal, decideVoice, type Allocation, type Heard } from './allocation.decision.js';
import { allocations } from './allocations.listing.js';
import {
  beneficiary, insertAllocation, insertAllocationDecision, insertVoice, lockPools, poolOn, readAllocation,
} from './allocation.store.js';

@CommandHandler(ProposeAllocation)
export class ProposeAllocationHandler implements ICommandHandler<ProposeAllocation> {
  constructor(private readonly work: SettlementWork) {}

  execute({ asked: { programmeId, bankAccountId, payeeId, amountCents, reason }, meta }: ProposeAllocation) {
    return this.work.once<Readonly<{ allocationId: AllocationId }> | Rejected>(meta, async (tx) => {
      const amount = cents(amountCents);
      const pool = programmeId ?? COMMONS_POOL;
      const decided = decideProposal({
        bankAccount: await payingAccount(tx, bankAccountId) !== undefined, payee: await beneficiary(tx, payeeId), amount,
        pool: await poolOn(tx, pool, bankAccountId), isPool: programmeId === null || await decidersNow(tx, programmeId) !== undefined,
      });
      if (isRejected(decided)) return decided;
      const allocationId = idOf('allocation', tx.newId());
      await insertAllocation(tx, allocationId, { pool, bankAccountId, payeeId, amount, reason });
      return { allocationId };
    });
  }
}

@CommandHandler(GiveVoice)
export class GiveVoiceHandler implements ICommandHandler<GiveVoice> {
  constructor(private readonly work: SettlementWork) {}

  execute({ asked: { allocationId, voice, note }, meta }: GiveVoice) {
    return this.work.once<HeardVoice | Rejected>(meta, async (tx) => {
      await lockPools(tx);
      const allocation = await readAllocation(tx, allocationId);
      const userId = personOf(tx);
      const poolOf = allocation === undefined || allocation.pool === COMMONS_POOL ? null : idOf('programme', allocation.pool);
      const rule = await decidersNow(tx, poolOf);
      const decided = decideVoice(
        allocation,
        { userId, voice, isBehindAccount: allocation !== undefined && await isBehindAccount(tx, allocation.payeeId, userId) },
        {
          inPool: allocation ? await poolOn(tx, allocation.pool, allocation.bankAccountId) : 0n, voicesNeeded: ALLOCATION_VOICES_NEEDED,
          deciders: rule?.deciders ?? (poolOf === null ? null : []),
        },
      );
      if (isRejected(decided)) return decided;
      await insertVoice(tx, allocationId, voice, note);
      if (decided.kind === 'declined') await insertAllocationDecision(tx, allocationId, 'declined', null);
      if (decided.kind === 'voted') await allocate(tx, allocation!, decided, rule?.version);
      return { allocationId, state: decided.kind === 'heard' ? 'proposed' : decided.kind, voices: allocation!.voices.length + 1 };
    });
  }
}

const decidersNow = (tx: Tx, poolOf: ProgrammeId | null) => decidersOn(tx.sql, poolOf, dayIn(BANK_TIME_ZONE, tx.now));

async function allocate(
  tx: Tx, allocation: Allocation, { votedBy, posting }: Extract<Heard, { kind: 'voted' }>, sharingRuleVersion: number | undefined,
): Promise<void> {
  const { allocationId, pool, payeeId, bankAccountId, amount, proposedBy } = allocation;
  const eventId = await tx.emit(AllocationVotedV1, {
    subject: `allocation:${allocationId}`, posting,
    body: {
      allocationId, pool, payeeId, custodyAccountId: bankAccountId, amountCents: toWire(amount), currency: 'EUR', proposedBy, votedBy: [...votedBy],
      ...(sharingRuleVersion !== undefined && { sharingRuleVersion }),
    },
  });
  await insertAllocationDecision(tx, allocationId, 'voted', eventId);
}

@QueryHandler(ListAllocations)
export class ListAllocationsHandler implements IQueryHandler<ListAllocations> {
  constructor(private readonly work: SettlementWork) {}

  execute({ asked }: ListAllocations): Promise<ListingPage<ListedAllocation>> {
    return readListing<ListedAllocation>(this.work, allocations, { reader: OVERSEER, rights: [] }, asked);
  }
}
