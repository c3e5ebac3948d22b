import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { reject } from '#libs/kernel';
import { AuditWork } from '../audit.work.js';
import { PAYER_PEOPLE_MIN } from '../limits.js';
import { insertCoefficient, lastVersion, listCoefficients, lockCoefficients } from './coefficient.store.js';
import { impactFacts, paysFor } from './impact-facts.store.js';
import { ListCoefficients, PublishCoefficient, ShowImpact } from './impact.commands.js';
import { impactOf } from './impact.decision.js';

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

  async execute({ asked: { rejected, payerId, ...period } }: ShowImpact) {
    const sql = this.work.client;
    // As an unknown programme is: who pays for what is nobody else's business.
    if (payerId !== null && !(await paysFor(sql, period.programmeId, payerId))) return reject('programme_not_paid_for');
    const facts = await impactFacts(sql, period);
    const all = await listCoefficients(sql);
    // The newest of each comes first.
    const inForce = all.filter(({ code }, at) => all.findIndex((one) => one.code === code) === at);
    return { facts, results: impactOf(facts, inForce, { rejected, peopleMin: PAYER_PEOPLE_MIN }) };
  }
}
