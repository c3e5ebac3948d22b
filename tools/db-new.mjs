// npm run db:new <service> <what>: an empty migration with the next stamp, in the one place where the runner finds it.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from './root.mjs';

const WHAT = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;

/** `20261122210000`, or one second after the newest file when clocks of several people disagree: order is by name. */
export function nextStamp(existing, now = new Date()) {
  const stamp = now.toISOString().replace(/\D/g, '').slice(0, 14);
  const newest = existing.map((name) => name.slice(0, 14)).filter((text) => /^\d{14}$/.test(text)).sort().at(-1) ?? '0';
  return stamp > newest ? stamp : String(BigInt(newest) + 1n);
}

export function newMigration(service, what, root = ROOT) {
  const folder = join(root, 'prisma', service ?? '', 'migrations');
  const services = readdirSync(join(root, 'prisma')).filter((name) => existsSync(join(root, 'prisma', name, 'migrations')));
  if (!services.includes(service)) return { problem: `usage: npm run db:new <${services.join('|')}> <what_it_does>` };
  if (!WHAT.test(what ?? '')) return { problem: 'say what it does in small letters and underscores, e.g. add_place_phone' };
  const path = join(folder, `${nextStamp(readdirSync(folder))}_${what}`, 'migration.sql');
  mkdirSync(join(path, '..'));
  writeFileSync(path, '-- What is true after this file, and why.\n');
  return { path };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { path, problem } = newMigration(process.argv[2], process.argv[3]);
  console.log(path ?? problem);
  process.exitCode = problem ? 1 : 0;
}
