import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { giftReference } from '#libs/contracts';
import { dayIn, idOf, type BankAccountId, type ProgrammeId } from '#libs/kernel';
import { ourBankAccounts, type OurBankAccount } from '../bank-accounts/bank-account.store.js';
import { programmeAccounts, programmeNames } from '../known-programmes/known-programme.store.js';
import { BANK_TIME_ZONE, COMMONS_POOL } from '../limits.js';
import { SettlementWork } from '../settlement.work.js';
import { keptRulesOf } from '../sharing-rules/sharing-rule.store.js';
import { ListCommonsPools, ListPoolMovements, type CommonsPool, type HowToGive, type PoolMovement } from './commons-pools.queries.js';
import { poolMovements, poolSums } from './commons-pools.store.js';

@QueryHandler(ListCommonsPools)
export class ListCommonsPoolsHandler implements IQueryHandler<ListCommonsPools> {
  constructor(private readonly work: SettlementWork) {}

  async execute(): Promise<CommonsPool[]> {
    const sql = this.work.client;
    const today = dayIn(BANK_TIME_ZONE, await this.work.moment());
    const [ours, accountOf] = [await ourBankAccounts(sql), await programmeAccounts(sql)];
    const pools = (await poolSums(sql)).map(({ pool, ...sums }) => ({ programmeId: pool === COMMONS_POOL ? null : idOf('programme', pool), ...sums }));
    const rulesOf = await keptRulesOf(sql, pools.map(({ programmeId }) => programmeId));
    const names = await programmeNames(sql, pools.flatMap(({ programmeId }) => programmeId ?? []));
    return pools.map(({ programmeId, ...sums }) => {
      const rules = rulesOf.get(programmeId)!.filter(({ state }) => state === 'confirmed');
      return {
        ...sums, programmeId, programmeName: (programmeId && names.get(programmeId)) ?? null, balance: sums.in - sums.out,
        // A pool whose rules were all taken back is no pool to the bank file: what has its reference would wait for a person.
        gift: programmeId !== null && rules.length === 0 ? null : howToGive(programmeId, ours, accountOf),
        rule: rules.find(({ from }) => from <= today) ?? null, announced: rules.find(({ from }) => from > today) ?? null,
      };
    });
  }
}

/** The custody account of the programme; where it has none that is known, and of the national pool, any of ours. */
function howToGive(
  programmeId: ProgrammeId | null, ours: readonly OurBankAccount[], accountOf: ReadonlyMap<ProgrammeId, BankAccountId>,
): HowToGive {
  const own = ours.filter(({ id }) => programmeId !== null && id === accountOf.get(programmeId));
  const accounts = (own.length > 0 ? own : ours).map(({ name, iban, bic }) => ({ holder: name, iban, bic }));
  return { reference: giftReference(programmeId), accounts };
}

@QueryHandler(ListPoolMovements)
export class ListPoolMovementsHandler implements IQueryHandler<ListPoolMovements> {
  constructor(private readonly work: SettlementWork) {}

  execute({ asked }: ListPoolMovements): Promise<PoolMovement[]> {
    return poolMovements(this.work.client, asked);
  }
}
