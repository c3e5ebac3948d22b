import { Command, Query } from '@nestjs/cqrs';
import type { LocalDate, MandateId, OrganisationId, PayerId, ProgrammeId, Rejected } from '#libs/kernel';
import type { KeyReused, RequestMeta } from '#libs/persistence';
import type { RefusalCode } from '../refusals.js';
import type { AuditingBody, MandateFilter, MandateRow } from './mandate.store.js';

export type AskedMandate = Readonly<{
  organisationId: OrganisationId; programmeIds: readonly ProgrammeId[]; payerIds: readonly PayerId[];
  /** Left out: today. */
  from: LocalDate | undefined;
  days: number; purpose: string;
}>;
type Outcome = { mandateId: MandateId } | Rejected<RefusalCode> | KeyReused;

/** Of the operator it waits for a second person; of a payer (`givenBy`, its own id) it is given. */
export class GiveMandate extends Command<Outcome> {
  constructor(readonly asked: AskedMandate, readonly givenBy: PayerId | null, readonly meta: RequestMeta) {
    super();
  }
}

export class ConfirmMandate extends Command<Outcome> {
  constructor(readonly mandateId: MandateId, readonly meta: RequestMeta) {
    super();
  }
}

/** `of`: the payer that it has to be of; null for the operator, who may end any. */
export class EndMandate extends Command<Outcome> {
  constructor(readonly mandateId: MandateId, readonly of: PayerId | null, readonly meta: RequestMeta) {
    super();
  }
}

/** Newest first. */
export class ListMandates extends Query<MandateRow[]> {
  constructor(readonly of: MandateFilter, readonly limit: number, readonly below: string | null) {
    super();
  }
}

/** The oldest first. */
export class ListAuditingBodies extends Query<AuditingBody[]> {
  constructor(readonly limit: number, readonly above: string | null) {
    super();
  }
}
