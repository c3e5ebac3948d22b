import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { NationalPoolRulePublishedV1, SharingRulePublishedV1, SharingRuleWithdrawnV1 } from '#libs/contracts';
import { dayIn, isRejected, type Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { lockByName } from '../database.store.js';
import { listFeeRules } from '../fee-rules/fee-rule.store.js';
import { BANK_TIME_ZONE, COMMONS_POOL } from '../limits.js';
import { personOf, SettlementWork } from '../settlement.work.js';
import { ConfirmSharingRule, ListSharingRules, ProposeSharingRule, WithdrawSharingRule, type OneRule, type RuledPool } from './sharing-rule.commands.js';
import { decideConfirmation, decideSharingRule, decideWithdrawal, type KeptRule, type RuleStanding } from './sharing-rule.decision.js';
import { insertRuleDecision, insertSharingRule, keptRules } from './sharing-rule.store.js';

type Numbered = Readonly<{ version: number }>;

@CommandHandler(ProposeSharingRule)
export class ProposeSharingRuleHandler implements ICommandHandler<ProposeSharingRule> {
  constructor(private readonly work: SettlementWork) {}

  execute({ asked, meta }: ProposeSharingRule) {
    return this.work.once<Numbered | Rejected>(meta, async (tx) => {
      const decided = decideSharingRule(asked, await lockedStanding(tx, asked.programmeId));
      if (isRejected(decided)) return decided;
      await insertSharingRule(tx, asked, decided.version);
      return { version: decided.version };
    });
  }
}

@CommandHandler(ConfirmSharingRule)
export class ConfirmSharingRuleHandler implements ICommandHandler<ConfirmSharingRule> {
  constructor(private readonly work: SettlementWork) {}

  execute({ of, meta }: ConfirmSharingRule) {
    return this.work.once<Numbered | Rejected>(meta, async (tx) => {
      const standing = await lockedStanding(tx, of.programmeId);
      const rule = standing.kept.find(({ version }) => version === of.version);
      const decided = decideConfirmation({ rule, userId: personOf(tx) }, standing);
      if (isRejected(decided)) return decided;
      await insertRuleDecision(tx, of, 'confirmed', await tell(tx, of, rule!));
      return { version: of.version };
    });
  }
}

@CommandHandler(WithdrawSharingRule)
export class WithdrawSharingRuleHandler implements ICommandHandler<WithdrawSharingRule> {
  constructor(private readonly work: SettlementWork) {}

  execute({ of, meta }: WithdrawSharingRule) {
    return this.work.once<Numbered | Rejected>(meta, async (tx) => {
      const standing = await lockedStanding(tx, of.programmeId);
      const rule = standing.kept.find(({ version }) => version === of.version);
      const decided = decideWithdrawal({ rule, userId: personOf(tx) }, standing);
      if (isRejected(decided)) return decided;
      const eventId = decided.wasTold ? await tx.emit(SharingRuleWithdrawnV1, {
        subject: subjectOf(of), subjectVersion: of.version, body: { pool: of.programmeId ?? COMMONS_POOL, version: of.version },
      }) : null;
      await insertRuleDecision(tx, of, 'withdrawn', eventId);
      return { version: of.version };
    });
  }
}

/** Under the lock of fee rules: a fee and its cap are never decided beside each other. */
async function lockedStanding(tx: Tx, programmeId: RuledPool): Promise<Omit<RuleStanding, 'kept'> & Readonly<{ kept: readonly KeptRule[] }>> {
  await lockByName(tx, `fee rules of ${programmeId ?? COMMONS_POOL}`);
  return {
    kept: await keptRules(tx.sql, programmeId), fees: programmeId === null ? [] : await listFeeRules(tx.sql, programmeId),
    today: dayIn(BANK_TIME_ZONE, tx.now),
  };
}

const subjectOf = ({ programmeId }: OneRule): string => (programmeId === null ? `pool:${COMMONS_POOL}` : `programme:${programmeId}`);

/** From here on it is everybody's to know. */
function tell(tx: Tx, of: OneRule, { version, from, deciders, operatorCapBasisPoints, localBasisPoints }: KeptRule): Promise<string> {
  const about = { subject: subjectOf(of), subjectVersion: version };
  const { programmeId } = of;
  if (programmeId === null) return tx.emit(NationalPoolRulePublishedV1, { ...about, body: { version, from, deciders: [...deciders] } });
  return tx.emit(SharingRulePublishedV1, {
    ...about, body: {
      programmeId, version, from, deciders: [...deciders], operatorCapBasisPoints: operatorCapBasisPoints!,
      localBasisPoints: localBasisPoints!,
    },
  });
}

@QueryHandler(ListSharingRules)
export class ListSharingRulesHandler implements IQueryHandler<ListSharingRules> {
  constructor(private readonly work: SettlementWork) {}

  execute({ programmeId }: ListSharingRules): Promise<readonly KeptRule[]> {
    return keptRules(this.work.client, programmeId);
  }
}
