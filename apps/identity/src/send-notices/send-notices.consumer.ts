import type { CommandBus } from '@nestjs/cqrs';
import { FeeChangeAnnouncedV1, PayeeBankChangedV1, PayeeDocumentsIssuedV1, PlaceChargeAnnouncedV1, VintageNoticeDueV1 } from '#libs/contracts';
import { defineConsumer, type Consumer } from '#libs/messaging';
import { chargeNotice, documentNotice, feeNotice, payeeNotice } from './notice.decision.js';
import { MeanNotice } from './send-notices.command.js';

export const noticeConsumers = (commands: CommandBus): Consumer[] => [
  defineConsumer(VintageNoticeDueV1, ({ body }, tx) => commands.execute(new MeanNotice(body, { kind: 'message', tx }))),
  defineConsumer(PayeeBankChangedV1, ({ body }, tx) => commands.execute(new MeanNotice(payeeNotice(body), { kind: 'message', tx }))),
  defineConsumer(FeeChangeAnnouncedV1, ({ body }, tx) => commands.execute(new MeanNotice(feeNotice(body), { kind: 'message', tx }))),
  defineConsumer(PlaceChargeAnnouncedV1, ({ body }, tx) => commands.execute(new MeanNotice(chargeNotice(body), { kind: 'message', tx }))),
  defineConsumer(PayeeDocumentsIssuedV1, async ({ body }, tx) => {
    for (const document of body.documents) await commands.execute(new MeanNotice(documentNotice(document), { kind: 'message', tx }));
  }),
];
