// The redemption service in a process of its own, asked over HTTP by tills with a real token.
import { randomUUID } from 'node:crypto';
import { ask, child, end } from './child-process.js';
import type { BenchStage } from './bench-stage.js';
import type { Figure } from './drive.js';
import { startLocalIdentity } from './local-identity.js';
import type { SeededTills } from './seed-vouchers.js';
import type { TillServerSettings } from './till-server.js';
import { runTills } from './wrk.js';

export type Load = Readonly<{ codes: readonly string[]; connections: number; seconds: number; amountCents: number; serviceDate: string }>;
export type TillOverHttp = Readonly<{ run(load: Load): Promise<Figure>; close(): Promise<void> }>;

/** With `relay` messages are numbered and cut in batches meanwhile, as in real life. */
export async function openTillOverHttp(stage: BenchStage, placeId: SeededTills['placeId'], relay: boolean): Promise<TillOverHttp> {
  const identity = await startLocalIdentity(stage.keyring);
  const server = child('till-server.js');
  const settings: TillServerSettings = { databaseUrl: stage.redemptionUrl, identityUrl: identity.url, relay };
  const { url } = await ask<{ url: string }>(server, settings);
  const till = {
    userId: randomUUID(), organisationId: randomUUID(), organisationKind: 'place', partyId: placeId, roles: ['till'], name: 'Bench', amr: ['pwd'],
    authTime: Math.floor(Date.now() / 1_000), secondFactorTime: null,
  } as const;
  return {
    run: async (load) => runTills({ ...load, url, token: await identity.tokenFor(till) }),
    close: async () => {
      await end(server);
      await identity.close();
    },
  };
}
