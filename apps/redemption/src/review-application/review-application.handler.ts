import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { PlaceApplicationReviewedV1 } from '#libs/contracts';
import { isRejected, type Rejected } from '#libs/kernel';
import { accredit } from '../accredit-place/accredit.js';
import { decideTakeUp, decideVerdict } from '../application.decision.js';
import { lockApplication, moveApplication } from '../application.store.js';
import { RedemptionWork } from '../redemption.work.js';
import { DecideApplication, TakeUpApplication, type ReviewedApplication } from './review-application.command.js';

@CommandHandler(TakeUpApplication)
export class TakeUpApplicationHandler implements ICommandHandler<TakeUpApplication> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ applicationId, meta }: TakeUpApplication) {
    return this.work.once<ReviewedApplication | Rejected>(meta, async (tx) => {
      const refused = decideTakeUp(await lockApplication(tx, applicationId, null));
      if (refused) return refused;
      await moveApplication(tx, applicationId, { step: 'under_review' });
      return { applicationId, state: 'under_review', accreditation: null };
    });
  }
}

@CommandHandler(DecideApplication)
export class DecideApplicationHandler implements ICommandHandler<DecideApplication> {
  constructor(private readonly work: RedemptionWork) {}

  execute({ verdict, meta }: DecideApplication) {
    return this.work.once<ReviewedApplication | Rejected>(meta, async (tx) => {
      const { applicationId, explanation } = verdict;
      const application = await lockApplication(tx, applicationId, null);
      const refused = decideVerdict(application, verdict);
      if (refused) return refused;
      const { placeId, programmeId, submittedAt } = application!;
      const tell = (accreditationVersion?: number) => tx.emit(PlaceApplicationReviewedV1, {
        subject: `application:${applicationId}`,
        body: { applicationId, placeId, programmeId, outcome: verdict.outcome, ...(accreditationVersion && { accreditationVersion }) },
      });
      if (!('to' in verdict)) {
        await moveApplication(tx, applicationId, { step: verdict.outcome, explanation });
        await tell();
        return { applicationId, state: verdict.outcome, accreditation: null };
      }
      const { outcome, from, to, services, inseeCode } = verdict;
      const accredited = await accredit(tx, { placeId, programmeId, from, to, services, inseeCode }, submittedAt);
      if (isRejected(accredited)) return accredited;
      await moveApplication(tx, applicationId, { step: outcome, explanation, accreditationVersion: accredited.version });
      await tell(accredited.version);
      return { applicationId, state: outcome, accreditation: { version: accredited.version, from, to } };
    });
  }
}
