// What the people who answer for an organisation are told of it, whoever did it: at a place its managers, elsewhere everybody.
import type { Tx } from '#libs/persistence';
import type { OrganisationNotice } from './notice.decision.js';
import { insertMail, insertParty, keepOrganisationNotice, managersOf } from './notice.store.js';

export async function tellOrganisation(tx: Tx, notice: OrganisationNotice): Promise<void> {
  const told = await managersOf(tx.sql, notice.organisationId);
  const noticeId = await keepOrganisationNotice(tx, notice);
  await insertParty(tx, noticeId, told, told.readers.length);
  for (const reader of told.readers) await insertMail(tx, noticeId, told.kind, reader);
}
