import { ImpersonationReadV1 } from '#libs/contracts';
import { defineConsumer } from '#libs/messaging';
import { insertImpersonationReading } from './impersonation.store.js';

/** What was looked at elsewhere stands beside the impersonation, where the people of the organisation read it. */
export const impersonationReadingConsumer = defineConsumer(ImpersonationReadV1,
  ({ id, body, occurredAt }, tx) => insertImpersonationReading(tx, id, body, new Date(occurredAt)));
