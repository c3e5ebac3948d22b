// The proof of a statement over HTTP: who gets it, and that a stranger believes it.
import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PayeeValidatedV1, StatementClosedV1 } from '#libs/contracts';
import { AUDITOR, AuditWorld, OPERATOR } from '../../../../test/builders/audit-world.js';
import { isIncluded, type InclusionProof } from '../../../../test/builders/stranger.js';

const CONTENT = 'what the statement says';
const [statementId, payeeId, placeId] = [randomUUID(), randomUUID(), randomUUID()];
const place = (of: string) => ({ ...OPERATOR, userId: randomUUID(), organisationKind: 'place' as const, partyId: of, roles: ['till' as const] });

let world: AuditWorld;
beforeAll(async () => {
  world = await AuditWorld.create();
  await world.take('settlement', [
    { type: 'payee.validated.v1', body: { ...PayeeValidatedV1.sample, payeeId, placeId } },
    { type: 'statement.closed.v1', body: { ...StatementClosedV1.sample, statementId, payeeId, sha256: createHash('sha256').update(CONTENT).digest('hex') } },
  ]);
});
afterAll(async () => { await world?.close(); });

const proof = (as = place(placeId), id = statementId) => world.get(`statements/stm_${id}/proof`, as);

describe('the proof of a statement', () => {
  it('is there from the next checkpoint on', async () => {
    expect((await proof()).body.code).toBe('checkpoint_not_found');
    await world.post('checkpoints');
    expect((await proof()).status).toBe(200);
  });

  it('convinces its place: the statement has the digest that was sealed, under a signed root', async () => {
    const { text, body } = await proof();
    const told = JSON.parse(text) as InclusionProof & { checkpoint: { note: string } };
    expect(isIncluded(told)).toBe(true);
    expect(told.leaf).toContain(createHash('sha256').update(CONTENT).digest('hex'));
    expect(told.checkpoint.note).toContain(`\n${body['size']}\n${Buffer.from(told.root, 'hex').toString('base64')}\n`);
  });

  it('is for auditors and the operator too, and for no other place', async () => {
    expect([(await proof(AUDITOR as never)).status, (await proof(OPERATOR as never)).status]).toEqual([200, 200]);
    expect((await proof(place(randomUUID()))).body.code).toBe('statement_not_told');
    expect((await proof(place(placeId), randomUUID())).body.code).toBe('statement_not_told');
  });

  it('waits for the checkpoint that has it', async () => {
    const late = randomUUID();
    await world.take('settlement', [{ type: 'statement.closed.v1', body: { ...StatementClosedV1.sample, statementId: late, payeeId } }]);
    await world.seal();
    expect((await proof(place(placeId), late)).body.code).toBe('event_not_in_log');
    expect((await world.get(`statements/stm_${late}/proof?size=99`)).body.code).toBe('log_shorter');
  });
});
