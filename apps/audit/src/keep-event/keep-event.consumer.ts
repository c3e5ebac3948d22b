import { defineCatchAll } from '#libs/messaging';
import { keepEvents } from './event.store.js';

/**
 * Audit takes every message of every service and decides nothing: it keeps them. The sender is named by the batch and
 * stands in `tx.origin`; a message that came twice stops at the inbox before it reaches this.
 */
export const keepEventConsumer = defineCatchAll(
  (message, tx, sender) => keepEvents(tx, sender, [message]),
  async (messages, tx, sender) => {
    await keepEvents(tx, sender, messages);
    return [];
  },
);
