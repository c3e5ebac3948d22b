import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { reject, ZERO, type PayerId, type ProgrammeId, type Rejected } from '#libs/kernel';
import { accounts } from '#libs/ledger';
import { OVERSEER, readAs, type Sql } from '#libs/persistence';
import { balancesOf } from '../activation.store.js';
import { IssuanceWork } from '../issuance.work.js';
import { currentRule } from '../programme.store.js';
import { activatedByPayer, announcedByPayer } from './coverage.store.js';
import { ShowCoverage, type PayerCoverage } from './show-coverage.query.js';

@QueryHandler(ShowCoverage)
export class ShowCoverageHandler implements IQueryHandler<ShowCoverage> {
  constructor(private readonly work: IssuanceWork) {}

  execute({ programmeId, payerId }: ShowCoverage): Promise<readonly PayerCoverage[] | Rejected> {
    const at = this.work.settings.clock.override();
    return readAs<readonly PayerCoverage[] | Rejected>(this.work, payerId ?? OVERSEER, async (sql) => {
      if (!(await currentRule(sql, programmeId, at))) return reject('programme_not_found');
      return coverageOf(sql, programmeId, payerId);
    });
  }
}

async function coverageOf(sql: Sql, programmeId: ProgrammeId, payerId: PayerId | null): Promise<readonly PayerCoverage[]> {
  const payers = (await activatedByPayer(sql, programmeId)).filter((payer) => payerId === null || payer.payerId === payerId);
  const accountOf = new Map(payers.map((payer) => [accounts.issuance.prefund(programmeId, payer.payerId), payer.payerId]));
  const balances = await balancesOf(sql, accountOf);
  const announced = await announcedByPayer(sql, programmeId);
  return payers.map((payer) => ({
    ...payer, available: balances.get(payer.payerId) ?? ZERO, announced: announced.get(payer.payerId) ?? ZERO,
  }));
}
