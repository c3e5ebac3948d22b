import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { SettlementWork } from '../settlement.work.js';
import { COOLING_OFF, waitsUntil } from './cooling-off.decision.js';
import { accountPaidTo, payeeWithAccount, type PaidTo } from './own-account.store.js';
import { versionsOf } from './payee-bank-account.store.js';
import { ShowOwnAccount, type OwnAccount } from './show-own-account.query.js';

@QueryHandler(ShowOwnAccount)
export class ShowOwnAccountHandler implements IQueryHandler<ShowOwnAccount> {
  constructor(private readonly work: SettlementWork, @Inject(COOLING_OFF) private readonly coolingOffHours: number) {}

  async execute({ placeId }: ShowOwnAccount): Promise<OwnAccount | undefined> {
    const sql = this.work.client;
    const payee = await payeeWithAccount(sql, placeId);
    if (!payee) return undefined;
    const paid = await accountPaidTo(sql, payee.payeeId);
    return {
      ...payee, paidTo: paid ? this.paidTo(paid, await this.work.moment()) : null, versions: await versionsOf(sql, payee.payeeId),
    };
  }

  private paidTo({ iban, holder, blocked, changedAt }: PaidTo, at: Date): OwnAccount['paidTo'] {
    const until = waitsUntil(changedAt, this.coolingOffHours);
    return { iban, holder, blocked, waitsUntil: until > at ? until : null };
  }
}
