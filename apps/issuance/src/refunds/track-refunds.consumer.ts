import type { CommandBus } from '@nestjs/cqrs';
import { PaymentBookedV1, PaymentRefundedV1, PaymentRefundFailedV1, PaymentReturnedV1 } from '#libs/contracts';
import { assert, idOf } from '#libs/kernel';
import { defineConsumer, type Consumer } from '#libs/messaging';
import type { Tx } from '#libs/persistence';
import { NoteRefundMovement, NoteStripeRefund, type PaymentFact, type RefundMovement } from './refunds.commands.js';

export const refundConsumers = (commands: CommandBus): Consumer[] => {
  const note = async (movement: RefundMovement['movement'], body: PaymentFact, reasonCode: string | null, tx: Tx): Promise<void> => {
    // Payments to places are settlement's own affair.
    if (body.purpose !== 'refund') return;
    const { paymentId, refundIds, bookedOn } = body;
    assert(refundIds?.length, `payment ${paymentId} refunds nothing`);
    const fact = {
      paymentId: idOf('payment', paymentId), movement, refundIds: refundIds.map((id) => idOf('refund', id)), bookedOn, reasonCode,
    };
    await commands.execute(new NoteRefundMovement(fact, { kind: 'message', tx }));
  };
  return [
    defineConsumer(PaymentBookedV1, ({ body }, tx) => note('booked', body, null, tx)),
    defineConsumer(PaymentReturnedV1, ({ body }, tx) => note('returned', body, body.reasonCode, tx)),
    defineConsumer(PaymentRefundedV1, ({ body: { refundId, refundedOn }, id }, tx) => commands.execute(new NoteStripeRefund(
      { refundId: idOf('refund', refundId), movement: 'refunded', movedOn: refundedOn, reasonCode: null, eventId: id }, { kind: 'message', tx }))),
    defineConsumer(PaymentRefundFailedV1, ({ body: { refundId, failedOn, reasonCode }, id }, tx) => commands.execute(new NoteStripeRefund(
      { refundId: idOf('refund', refundId), movement: 'failed', movedOn: failedOn, reasonCode, eventId: id }, { kind: 'message', tx }))),
  ];
};
