import { CommandHandler, QueryHandler, type ICommandHandler, type IQueryHandler } from '@nestjs/cqrs';
import { MANDATES_MAX } from '#libs/auth';
import { MandateEndedV1, MandateGivenV1 } from '#libs/contracts';
import { dayIn, idOf, isRejected, type LocalDate } from '#libs/kernel';
import { OVERSEER, readAs, type Tx } from '#libs/persistence';
import { IdentityWork } from '../identity.work.js';
import { OPERATOR_TIME_ZONE } from '../limits.js';
import { findOrganisation } from '../organisation.store.js';
import { decideMandate, decideMandateConfirmation, decideMandateEnd, lastDayOf } from './mandate.decision.js';
import {
  countMeeting, insertMandate, insertMandateConfirmation, insertMandateEnd, listAuditingBodies, listMandates,
  lockMandate, lockMandatesOf, type NewMandate,
} from './mandate.store.js';
import { ConfirmMandate, EndMandate, GiveMandate, ListAuditingBodies, ListMandates } from './mandates.commands.js';

const todayOf = (tx: Tx): LocalDate => dayIn(OPERATOR_TIME_ZONE, tx.now);

@CommandHandler(GiveMandate)
export class GiveMandateHandler implements ICommandHandler<GiveMandate> {
  constructor(private readonly work: IdentityWork) {}

  execute({ asked, givenBy, meta }: GiveMandate) {
    const { organisationId, days } = asked;
    return this.work.once(meta, async (tx) => {
      await lockMandatesOf(tx, organisationId);
      const today = todayOf(tx);
      const from = asked.from ?? today;
      const decided = decideMandate({
        isAuditor: (await findOrganisation(tx.sql, organisationId))?.kind === 'auditor', from: asked.from, days, today,
        meeting: await countMeeting(tx.sql, organisationId, from, lastDayOf(from, days)), meetingMax: MANDATES_MAX,
      });
      if (isRejected(decided)) return decided;
      const mandateId = idOf('mandate', tx.newId());
      const mandate = { ...asked, ...decided, mandateId, payerId: givenBy, proposedBy: meta.callerId };
      await insertMandate(tx, mandate);
      if (givenBy !== null) await tellGiven(tx, mandate, [meta.callerId]);
      return { mandateId };
    });
  }
}

@CommandHandler(ConfirmMandate)
export class ConfirmMandateHandler implements ICommandHandler<ConfirmMandate> {
  constructor(private readonly work: IdentityWork) {}

  execute({ mandateId, meta }: ConfirmMandate) {
    return this.work.once(meta, async (tx) => {
      const mandate = await lockMandate(tx, mandateId);
      const decided = decideMandateConfirmation(mandate, meta.callerId, todayOf(tx));
      if (isRejected(decided)) return decided;
      await insertMandateConfirmation(tx, mandateId, meta.callerId);
      await tellGiven(tx, mandate!, [mandate!.proposedBy, meta.callerId]);
      return { mandateId };
    });
  }
}

@CommandHandler(EndMandate)
export class EndMandateHandler implements ICommandHandler<EndMandate> {
  constructor(private readonly work: IdentityWork) {}

  execute({ mandateId, of, meta }: EndMandate) {
    return this.work.once(meta, async (tx) => {
      const mandate = await lockMandate(tx, mandateId);
      const decided = decideMandateEnd(mandate, of, todayOf(tx));
      if (isRejected(decided)) return decided;
      await insertMandateEnd(tx, mandateId, meta.callerId);
      const { organisationId } = mandate!;
      // Of one that nobody confirmed nothing was told either.
      if (decided.wasGiven) await tx.emit(MandateEndedV1, { subject: `mandate:${mandateId}`, subjectVersion: 2, body: { mandateId, organisationId } });
      return { mandateId };
    });
  }
}

@QueryHandler(ListMandates)
export class ListMandatesHandler implements IQueryHandler<ListMandates> {
  constructor(private readonly work: IdentityWork) {}

  execute({ of, limit, below }: ListMandates) {
    return readAs(this.work, of.payerId ?? of.organisationId ?? OVERSEER, (sql) => listMandates(sql, of, limit, below));
  }
}

@QueryHandler(ListAuditingBodies)
export class ListAuditingBodiesHandler implements IQueryHandler<ListAuditingBodies> {
  constructor(private readonly work: IdentityWork) {}

  /** A payer too sees all of them, by their names alone: it may give a mandate to any. */
  execute({ limit, above }: ListAuditingBodies) {
    return readAs(this.work, OVERSEER, (sql) => listAuditingBodies(sql, limit, above));
  }
}

type Given = Pick<NewMandate, 'mandateId' | 'organisationId' | 'programmeIds' | 'payerIds' | 'from' | 'until' | 'payerId'>;

async function tellGiven(tx: Tx, mandate: Given, givenBy: string[]): Promise<void> {
  const { mandateId, organisationId, programmeIds, payerIds, from, until, payerId } = mandate;
  await tx.emit(MandateGivenV1, {
    subject: `mandate:${mandateId}`,
    body: {
      mandateId, organisationId, programmeIds: [...programmeIds], payerIds: [...payerIds], from, until, givenBy,
      ...(payerId && { payerId }),
    },
  });
}
