import { Command } from '@nestjs/cqrs';

export type AskedLink = Readonly<{ email: string; purpose: 'password' | 'sign_in' }>;

/** Answers nothing: who asks must not learn whether anybody has the address. */
export class AskLink extends Command<void> {
  constructor(readonly asked: AskedLink, readonly correlationId: string) {
    super();
  }
}
