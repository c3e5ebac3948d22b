import pg from 'pg';
import type { Year } from '../year.js';
import { readCents } from './cents.js';
import { disagreements } from './identities.js';
import { sumOfPaymentFiles } from './payment-files.js';

/** Asks the three identities in the middle of a play, when nothing is under way. Throws with what does not add up. */
export async function mustAddUp({ stage, folder, time }: Year): Promise<void> {
  await time.settled();
  const inspector = new pg.Client({ connectionString: stage.inspectorUrl });
  await inspector.connect();
  try {
    const wrong = disagreements({ ...await readCents(inspector), paymentFiles: sumOfPaymentFiles(folder.files.pain001Places) });
    if (wrong.length > 0) throw new Error(wrong.map(({ invariant, detail }) => `${invariant}: ${detail}`).join('; '));
  } finally {
    await inspector.end();
  }
}
