import { Command } from '@nestjs/cqrs';
import type { ServiceCode } from '#libs/contracts';
import type { ApplicationId, LocalDate, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { ApplicationState } from '../application.decision.js';

export type ReviewedApplication = Readonly<{
  applicationId: ApplicationId; state: ApplicationState;
  /** What it led to; a renewal begins where the accreditation before it began. */
  accreditation: Readonly<{ version: number; from: LocalDate; to: LocalDate }> | null;
}>;

export class TakeUpApplication extends Command<ReviewedApplication | Rejected> {
  constructor(readonly applicationId: ApplicationId, readonly meta: Meta) {
    super();
  }
}

export type GivenVerdict = Readonly<{ applicationId: ApplicationId; explanation: string }> & (
  | Readonly<{ outcome: 'more_info' | 'refused' }>
  | Readonly<{ outcome: 'provisional' | 'accredited'; from: LocalDate; to: LocalDate; services: readonly ServiceCode[]; inseeCode: string | null }>);

export class DecideApplication extends Command<ReviewedApplication | Rejected> {
  constructor(readonly verdict: GivenVerdict, readonly meta: Meta) {
    super();
  }
}
