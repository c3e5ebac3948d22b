import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { addDays, dayIn } from '#libs/kernel';
import { BANK_TIME_ZONE, CHARGE_GRACE_DAYS } from '../limits.js';
import { chargesBetween } from '../place-charge-rules/place-charge-rule.decision.js';
import { listChargeRules } from '../place-charge-rules/place-charge-rule.store.js';
import { chargeAtDeparture } from '../place-charges/place-charge.decision.js';
import { SettlementWork } from '../settlement.work.js';
import { ShowDepartureCharges, type DepartureCharge } from './departure-charges.query.js';
import { onChargeDays } from './departure-charges.store.js';

const YEAR_DAYS = 365;

@QueryHandler(ShowDepartureCharges)
export class ShowDepartureChargesHandler implements IQueryHandler<ShowDepartureCharges> {
  constructor(private readonly work: SettlementWork) {}

  /** From a year back, for what was charged, to a year after the departure, so that the next charge is among them, and none twice. */
  async execute({ asked }: ShowDepartureCharges): Promise<readonly DepartureCharge[]> {
    const sql = this.work.client;
    const today = dayIn(BANK_TIME_ZONE, await this.work.moment());
    const last = addDays(asked.from > today ? asked.from : today, YEAR_DAYS - 1);
    const charges = chargesBetween(await listChargeRules(sql), addDays(today, -YEAR_DAYS), last);
    const standings = new Map((await onChargeDays(sql, asked, charges.map(({ chargedOn }) => chargedOn))).map((on) => [
      on.chargedOn, chargeAtDeparture(on, asked),
    ]));
    return charges.reverse().flatMap((charge) => {
      const standing = standings.get(charge.chargedOn);
      // Nobody is charged backwards for longer than that.
      const isForgotten = standing !== 'charged' && charge.chargedOn < addDays(today, -CHARGE_GRACE_DAYS);
      return standing === undefined || isForgotten ? [] : [{ ...charge, standing }];
    });
  }
}
