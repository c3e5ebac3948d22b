import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AlertUpheldV1 } from '#libs/contracts';
import type { Rejected } from '#libs/kernel';
import { AuditWork } from '../audit.work.js';
import { alertText } from './alert-text.js';
import { DecideAlert, type DecidedAlert } from './decide-alert.command.js';
import { decideAlert } from './decide-alert.decision.js';
import { insertDecision, lockAlert } from './decide-alert.store.js';

@CommandHandler(DecideAlert)
export class DecideAlertHandler implements ICommandHandler<DecideAlert> {
  constructor(private readonly work: AuditWork) {}

  execute({ asked, meta }: DecideAlert) {
    return this.work.once<DecidedAlert | Rejected>(meta, async (tx) => {
      const { alertId, outcome, explanation } = asked;
      const alert = await lockAlert(tx, alertId);
      const refused = decideAlert(alert, outcome, tx.origin.actor.id);
      if (refused) return refused;
      const { placeId, rule, ruleVersion, redemptionIds } = alert!;
      const text = alertText({ ...alert!, isPlace: placeId !== null });
      const eventId = outcome === 'upheld' ? await tx.emit(AlertUpheldV1, {
        subject: `alert:${alertId}`,
        body: { alertId, placeId: placeId!, rule, ruleVersion, textFr: text.fr, textEn: text.en, redemptionIds: [...redemptionIds] },
      }) : null;
      await insertDecision(tx, { alertId, outcome, explanation, text, eventId });
      return { alertId, outcome, lines: outcome === 'upheld' ? redemptionIds.length : 0 };
    });
  }
}
