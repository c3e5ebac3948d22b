import { until } from '#libs/testing';
import { emitFacts, upTo, World } from './support/world.js';
import { checkRedis } from '#libs/messaging';
for (const url of ['redis+cluster://127.0.0.1:7101,127.0.0.1:7102', 'redis+sentinel://127.0.0.1:7120/main']) {
  await checkRedis(url);
  const world = await World.open('postgres');
  (world as any).engine = { ...world.engine, settingsFor: () => ({ kind: 'redis', url }) };
  const i = await world.start('issuance'); await world.start('redemption');
  for (const n of upTo(50)) await emitFacts(i, [n]);
  await until('effects', async () => await world.effectCount() >= 50);
  await until('idle', () => i.messaging.idle());
  console.log(url, 'ok', (await world.effects()).length);
  await world.close();
}
await checkRedis('redis+cluster://127.0.0.1:7998,127.0.0.1:7999').catch((e) => console.log(e.message));
await checkRedis('redis+sentinel://127.0.0.1:7998/main').catch((e) => console.log(e.message));
process.exit(0);
