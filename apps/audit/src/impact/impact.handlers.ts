import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { impactOf } from '#libs/figures';
import { dayIn, monthAfter, monthOf, reject } from '#libs/kernel';
import { OVERSEER, readAs, type Sql } from '#libs/persistence';
import { AuditWork } from '../audit.work.js';
import { OPERATOR_ZONE, PAYER_PEOPLE_MIN } from '../limits.js';
import { coefficientsInForce, insertCoefficient, lastVersion, listCoefficients, lockCoefficients } from './coefficient.store.js';
import { impactFacts, paysFor, type Period } from './impact-facts.store.js';
import { ListCoefficients, PublishCoefficient, ShowImpact, type ImpactAsked } from './impact.commands.js';

@CommandHandler(PublishCoefficient)
export class PublishCoefficientHandler implements ICommandHandler<PublishCoefficient> {
  constructor(private readonly work: AuditWork) {}

  execute({ coefficient, meta }: PublishCoefficient) {
    return this.work.once(meta, async (tx) => {
      await lockCoefficients(tx);
      const version = await lastVersion(tx, coefficient.code) + 1;
      await insertCoefficient(tx, { ...coefficient, version });
      return { version };
    });
  }
}

@QueryHandler(ListCoefficients)
export class ListCoefficientsHandler implements IQueryHandler<ListCoefficients> {
  constructor(private readonly work: AuditWork) {}

  execute() {
    return listCoefficients(this.work.client);
  }
}

@QueryHandler(ShowImpact)
export class ShowImpactHandler implements IQueryHandler<ShowImpact> {
  constructor(private readonly work: AuditWork) {}

  execute({ asked }: ShowImpact) {
    return readAs(this.work, asked.payerId ?? OVERSEER, (sql) => this.impactTold(sql, asked));
  }

  private async impactTold(sql: Sql, { rejected, payerId, ...period }: ImpactAsked) {
    // As an unknown programme is: who pays for what is nobody else's business.
    if (payerId !== null && !(await paysFor(sql, period.programmeId, payerId))) return reject('programme_not_paid_for');
    const facts = await impactFacts(sql, period);
    // Who pays for a programme may know who its few people are: what is of fewer than five is told to no payer, nor the month that runs.
    const isFew = payerId !== null && await this.hasFew(sql, period);
    const peopleMin = isFew ? Number.MAX_SAFE_INTEGER : PAYER_PEOPLE_MIN;
    return { facts: isFew ? null : facts, results: impactOf(facts, await coefficientsInForce(sql), { rejected, peopleMin }) };
  }

  /** A period less another one of the same payer's must not tell what a single month does not. */
  private async hasFew(sql: Sql, { programmeId, from, to }: Period): Promise<boolean> {
    if (to >= monthOf(dayIn(OPERATOR_ZONE, this.work.settings.clock.override() ?? new Date()))) return true;
    for (let month = from; month <= to; month = monthAfter(month)) {
      const { people } = await impactFacts(sql, { programmeId, from: month, to: month });
      if (people > 0 && people < PAYER_PEOPLE_MIN) return true;
    }
    return false;
  }
}
