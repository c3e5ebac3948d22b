import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { IncidentPostedV1 } from '#libs/contracts';
import { idOf, isRejected, toWire, type IncidentId, type Rejected } from '#libs/kernel';
import type { Tx } from '#libs/persistence';
import { lockByName } from '../database.store.js';
import { isBehindAccount } from '../payee-bank-accounts/people-behind.store.js';
import { personOf, SettlementWork } from '../settlement.work.js';
import { CLOSING_LOCK } from '../statement-closings/closing.store.js';
import { DecideIncident, StateIncident, type DecidedIncident, type NewIncident } from './incident.commands.js';
import { decideIncident, decideOutcome, gesturePosting, incidentPosting } from './incident.decision.js';
import { insertIncident, insertOutcome, readIncident, readLine, type StoredIncident } from './incident.store.js';

@CommandHandler(StateIncident)
export class StateIncidentHandler implements ICommandHandler<StateIncident> {
  constructor(private readonly work: SettlementWork) {}

  execute({ asked, meta }: StateIncident) {
    return this.work.once<NewIncident | Rejected>(meta, async (tx) => {
      // Two incidents of one line, and a closing that takes it meanwhile, come one after the other.
      await lockByName(tx, CLOSING_LOCK);
      const line = await readLine(tx, asked.redemptionId);
      const decided = decideIncident(line, asked);
      if (isRejected(decided)) return decided;
      const incidentId = idOf('incident', tx.newId());
      const { kind, note } = asked;
      await insertIncident(tx, { incidentId, claimLineId: line!.claimLineId, kind, amount: decided.amount, note });
      return { incidentId, amountCents: toWire(decided.amount) };
    });
  }
}

@CommandHandler(DecideIncident)
export class DecideIncidentHandler implements ICommandHandler<DecideIncident> {
  constructor(private readonly work: SettlementWork) {}

  execute({ asked: { incidentId, outcome, note }, meta }: DecideIncident) {
    return this.work.once<DecidedIncident | Rejected>(meta, async (tx) => {
      // A closing that went on meanwhile would pass the number at which it is due: it would be netted nowhere.
      await lockByName(tx, CLOSING_LOCK);
      const incident = await readIncident(tx, incidentId);
      const decidedBy = personOf(tx);
      const behind = incident !== undefined && await isBehindAccount(tx, incident.payeeId, decidedBy);
      const decided = decideOutcome(incident, { outcome, decidedBy, isBehindAccount: behind });
      if (isRejected(decided)) return decided;
      const dueSeq = await insertOutcome(tx, { incidentId, outcome, note });
      if (dueSeq !== null) await book(tx, incidentId, incident!, dueSeq);
      return { incidentId, state: outcome, dueSeq };
    });
  }
}

/** A gesture concerns nobody but the operator and the place: audit alone hears of it, as of every posting. */
async function book(tx: Tx, incidentId: IncidentId, incident: StoredIncident, dueSeq: number): Promise<void> {
  const { claimLineId, redemptionId, batchId, placeId, kind, amount, payeeId, custodyAccountId } = incident;
  if (kind === 'gesture') {
    await tx.post(gesturePosting(payeeId, custodyAccountId, amount), `incident:${incidentId}`);
    return;
  }
  await tx.emit(IncidentPostedV1, {
    subject: `incident:${incidentId}`, posting: incidentPosting(payeeId, custodyAccountId, amount),
    body: { incidentId, claimLineId, redemptionId, batchId, placeId, kind, custodyAccountId, amountCents: toWire(amount), currency: 'EUR', dueSeq },
  });
}
