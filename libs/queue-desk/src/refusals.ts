import type { RefusalCatalogue } from '#libs/kernel';

export const REFUSALS = {
  dead_letter_unknown: { status: 404, retryable: false, sentence: 'No message of this service that could not be handled has this id: look for it in the list of dead letters.' },
  dead_letter_replayed: { status: 409, retryable: false, sentence: 'This message was tried again and taken: its effects are there, once.' },
  dead_letter_waiting: {
    status: 409, retryable: false, sentence: 'Somebody has asked already that this message is tried again: look how it went in a few seconds.',
  },
} as const satisfies RefusalCatalogue;
