// The redemption service in a process of its own, as the redemption bench starts it: its address goes to the parent. With
// `relay`, messages are numbered and cut in batches meanwhile, as in real life; without, nothing but tills works.
import 'reflect-metadata';
import { CqrsModule } from '@nestjs/cqrs';
import { Collector } from '../../../redemption/src/till/collector.js';
import { RedemptionModule } from '../../../redemption/src/redemption.module.js';
import { TokenVerifier } from '#libs/auth';
import { databaseClock } from '#libs/kernel';
import { loadKeyring, PUBLISHED_KEYS } from '#libs/keys';
import { createLogs, createServiceApp, runApp, type ServiceSettings } from '#libs/service';

export type TillServerSettings = Readonly<{ databaseUrl: string; identityUrl: string; relay: boolean }>;

async function serve({ databaseUrl, identityUrl, relay }: TillServerSettings): Promise<string> {
  const log = createLogs({ logLevel: 'error', logFormat: 'lines' }, 'till-server', process.stderr);
  const settings: ServiceSettings = {
    databaseUrl, queue: { kind: 'postgres', url: databaseUrl }, keyring: loadKeyring({ env: PUBLISHED_KEYS, dataDirectory: '/nonexistent' }),
    clock: databaseClock, identityUrl, baseUrl: 'http://127.0.0.1', log, dataDir: '/nonexistent', resendMs: 5_000,
  };
  const modules = [CqrsModule.forRoot(), RedemptionModule.register(settings)];
  const app = await createServiceApp(modules, { logs: log, verifier: TokenVerifier.of(identityUrl) });
  if (relay) return (await runApp(app, { host: '127.0.0.1', port: 0, logs: log, services: ['redemption'] })).url;
  await app.init();
  await app.get(Collector, { strict: false }).start();
  await app.listen(0, '127.0.0.1');
  return app.getUrl();
}

process.once('message', (settings: TillServerSettings) => {
  void serve(settings).then((url) => process.send?.({ url }));
});
process.once('disconnect', () => process.exit(0));
