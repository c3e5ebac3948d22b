import { Command } from '@nestjs/cqrs';
import type { OrderId, PayerId, Rejected } from '#libs/kernel';
import type { Meta } from '#libs/persistence';
import type { Answer } from '../order-draft.decision.js';

export type AnsweredQuote = Readonly<{
  orderId: OrderId; version: number; answer: Answer;
  /** Of the order that came of it: with this answer all payers have accepted. Null until then. */
  reference: string | null;
}>;
export type GivenAnswer = Readonly<{ orderId: OrderId; version: number; payerId: PayerId; answer: Answer; reason: string | null }>;

/** A payer accepts a quote for its own share, or refuses it with a reason. */
export class AnswerQuote extends Command<AnsweredQuote | Rejected> {
  constructor(readonly given: GivenAnswer, readonly meta: Meta) {
    super();
  }
}
