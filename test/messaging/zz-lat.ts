import { World, emitFacts } from './support/world.js';
for (const engine of ['postgres','redis','postgres','redis'] as const) {
  const world = await World.open(engine);
  const i = await world.start('issuance', { timing: { pollMinMs: 20, pollMaxMs: 200 } }); await world.start('redemption');
  for (const wake of [true, false]) {
    const times: number[] = [];
    for (let n = 1; n <= 40; n++) {
      await new Promise(r => setTimeout(r, wake ? 5 : (n * 37) % 250));
      await emitFacts(i, [n]); const t = performance.now(); if (wake) i.messaging.wake();
      const before = wake ? n : 40 + n;
      while (await world.effectCount() < before) await new Promise(r => setImmediate(r));
      times.push(performance.now() - t);
    }
    times.sort((a, b) => a - b);
    console.log(engine, wake ? 'woken' : 'polled', 'p50', times[20]!.toFixed(0), 'p95', times[37]!.toFixed(0));
  }
  await world.close();
}
process.exit(0);
