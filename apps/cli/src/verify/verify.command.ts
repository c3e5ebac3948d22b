// `mereau verify FILE [--key ID-OR-PEM]… [--checkpoint FILE]… [--json]`: one line per check; exit 0 when all are right, 1 when one
// is not, with the first lie named, 2 on wrong words. No database, no network.
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { keysOf, readKept, type SignedCheckpoint } from '#libs/proofs';
import { verifyExport, type Trust, type Verdict } from './verify-export.js';

const USAGE = 'usage: mereau verify FILE [--key KEY_ID|PEM_FILE]... [--checkpoint FILE]... [--json]';

type Wanted = Readonly<{ path: string; trust: Trust; json: boolean }>;

export async function verifyCommand(args: readonly string[]): Promise<number> {
  let wanted: Wanted;
  try {
    wanted = wantedOf(args);
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
    return 2;
  }
  const verdict = await verifyExport(wanted.path, wanted.trust);
  console.log(wanted.json ? JSON.stringify(verdict) : shown(verdict));
  return verdict.verified ? 0 : 1;
}

function wantedOf(args: readonly string[]): Wanted {
  const { values, positionals } = parseArgs({
    args: [...args], allowPositionals: true,
    options: { key: { type: 'string', multiple: true, default: [] }, checkpoint: { type: 'string', multiple: true, default: [] }, json: { type: 'boolean', default: false } },
  });
  const [path] = positionals;
  if (!path || positionals.length !== 1) throw new Error('name one export');
  if (!existsSync(path)) throw new Error(`there is no file ${path}`);
  const keyIds = values.key.flatMap((key) => (existsSync(key) ? [...keysOf([readFileSync(key, 'utf8')]).keys()] : [key]));
  return { path, json: values.json, trust: { keyIds, kept: values.checkpoint.flatMap(keptIn) } };
}

/** As it was kept: the note that was mailed, or the lines of audit's own file. */
function keptIn(path: string): SignedCheckpoint[] {
  const kept = readKept(readFileSync(path, 'utf8'));
  if (!kept) throw new Error(`${path} holds no checkpoint, or a line that is none`);
  return kept;
}

export function shown({ checks, firstWrong, events, root, cents }: Verdict): string {
  const lines = checks.map(({ name, isRight, detail }) => `${isRight ? 'right' : 'WRONG'}  ${name.padEnd(12)} ${detail}`);
  const totals = Object.entries(cents).map(([name, amount]) => `${name} ${amount}`).join(', ');
  const end = firstWrong ? `WRONG at line ${firstWrong.line}: ${firstWrong.reason}` : `verified: ${events} events, root ${root}`;
  return [...lines, `       cents        ${totals}`, end].join('\n');
}
