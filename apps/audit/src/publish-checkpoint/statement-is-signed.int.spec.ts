// What a place is owed is under a signature within a minute of the closing, and not within the hour.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditWorld } from '../../../../test/builders/audit-world.js';
import { PublishCheckpoint, type Published } from './publish-checkpoint.command.js';

let world: AuditWorld;
beforeAll(async () => { world = await AuditWorld.create(); });
afterAll(() => world.close());

const due = () => world.commands.execute(new PublishCheckpoint({ kind: 'process', name: 'test', correlationId: 'test' }, 'when due')) as Promise<Published | null>;
const close = () => world.take('settlement', [{ type: 'statement.closed.v1', body: { statementId: world.newId(), payeeId: world.newId(), upToSeq: 1, netCents: 966 } }]);
const say = (sender: 'issuance' | 'settlement') => world.take(sender, [{ type: 'test.said.v1', body: {} }]);

describe('a statement that closed', () => {
  it('is signed at the next look, and its proof is served from then on; nothing else is before the hour is over', async () => {
    await say('issuance');
    expect(await due()).toMatchObject({ size: 1, isNew: true });
    await say('settlement');
    expect(await due()).toBeNull();
    const [eventId] = await close();
    expect((await world.get(`events/evt_${eventId}/inclusion`)).status).not.toBe(200);
    expect(await due()).toMatchObject({ size: 3, isNew: true });
    expect((await world.get(`events/evt_${eventId}/inclusion`)).body).toMatchObject({ size: 3 });
    await say('settlement');
    await say('issuance');
    expect(await due()).toBeNull();
    await close();
    expect(await due()).toMatchObject({ size: 6, isNew: true });
    expect(await due()).toMatchObject({ size: 6, isNew: false });
  });
});
