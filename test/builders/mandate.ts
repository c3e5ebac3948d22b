// What an auditor of a spec may look at, as a token tells it.
import { randomUUID } from 'node:crypto';
import type { Mandates } from '#libs/auth';

export const mandateForAll = (): Mandates => ({ inForce: [{ mandateId: randomUUID(), programmeIds: [], payerIds: [] }], hadOne: true });

export const mandateFor = (over: Readonly<{ programmeIds?: readonly string[]; payerIds?: readonly string[] }>): Mandates =>
  ({ inForce: [{ mandateId: randomUUID(), programmeIds: [], payerIds: [], ...over }], hadOne: true });
