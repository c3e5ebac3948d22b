import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { dayIn, sum, type LocalDate, type PayeeId } from '#libs/kernel';
import { calendarProgrammes } from '../closing-rules/closing-rule.store.js';
import { BANK_TIME_ZONE } from '../limits.js';
import { nettingOn } from '../netting/netting.store.js';
import { SettlementWork } from '../settlement.work.js';
import { countGroups, sharesOf, type Shares } from '../statement-closings/statement.decision.js';
import { expectedOf, promisedOf, type Terms } from './next-payment.decision.js';
import { ShowNextPayment, type Accruing, type NextPayment } from './next-payment.query.js';
import { heldOf, openGroupsOf, owingOf, payeeOf, unpaidOf, type OpenGroup } from './next-payment.store.js';

@QueryHandler(ShowNextPayment)
export class ShowNextPaymentHandler implements IQueryHandler<ShowNextPayment> {
  constructor(private readonly work: SettlementWork) {}

  async execute({ placeId }: ShowNextPayment): Promise<NextPayment | undefined> {
    const sql = this.work.client;
    const payee = await payeeOf(sql, placeId);
    if (!payee) return undefined;
    const today = dayIn(BANK_TIME_ZONE, await this.work.moment());
    const terms: Terms = new Map((await calendarProgrammes(sql)).map(({ programmeId, ...programme }) => [programmeId, programme]));
    const unpaid = (await unpaidOf(sql, payee.payeeId)).map(({ closedOn, programmeIds, ...statement }) =>
      ({ ...statement, payBy: promisedOf(programmeIds, terms, closedOn) }));
    return {
      ...payee, unpaid, accruing: await this.accruing(payee.payeeId, terms, today),
      held: await heldOf(sql, payee.payeeId), owing: await owingOf(sql, payee.payeeId),
    };
  }

  private async accruing(payeeId: PayeeId, terms: Terms, today: LocalDate): Promise<Accruing> {
    const groups = await openGroupsOf(this.work.client, payeeId);
    const { isNetted } = (await nettingOn(this.work.client, [payeeId], today))(payeeId);
    return {
      ...sharesTogether(groups, isNetted), lines: groups.reduce((count, { lineCount }) => count + lineCount, 0),
      ...expectedOf([...new Set(groups.map(({ programmeId }) => programmeId))], terms, today),
    };
  }
}

/** A statement is of one account of ours; what rounding would make wait for more lines is still told as what it comes to alone. */
function sharesTogether(groups: readonly OpenGroup[], isNetted: boolean): Shares {
  const accounts = [...new Set(groups.map(({ custodyAccountId }) => custodyAccountId))];
  const parts = accounts.flatMap((account): Shares[] => {
    const own = groups.filter(({ custodyAccountId }) => custodyAccountId === account);
    return [countGroups(own, isNetted)?.total ?? added(own.map(({ gross, rates }) => sharesOf(gross, rates)))];
  });
  return added(parts);
}

const added = (parts: readonly Shares[]): Shares => ({
  gross: sum(parts.map(({ gross }) => gross)), fee: sum(parts.map(({ fee }) => fee)), vat: sum(parts.map(({ vat }) => vat)),
  commons: sum(parts.map(({ commons }) => commons)), net: sum(parts.map(({ net }) => net)),
});
