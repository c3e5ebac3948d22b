import { Command } from '@nestjs/cqrs';

/** Mails the newest checkpoint to each reader who was not mailed today. Answers how many mails were handed over. */
export class MailCheckpoints extends Command<number> {}
