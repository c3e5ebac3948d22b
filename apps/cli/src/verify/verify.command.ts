// `mereau verify FILE [--key ID-OR-PEM]… [--checkpoints FILE] [--json]`: one line per check; exit 0 when all are right, 1 when one
// is not, with the first wrong line named, 2 on wrong words. No database, no network.
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { keysOf, checkpointSchema, type SignedCheckpoint } from './signed-checkpoint.js';
import { verifyExport, type Trust, type Verdict } from './verify-export.js';

const USAGE = 'usage: mereau verify FILE [--key KEY_ID|PEM_FILE]... [--checkpoints FILE] [--json]';

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
    options: { key: { type: 'string', multiple: true, default: [] }, checkpoints: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const [path] = positionals;
  if (!path || positionals.length !== 1) throw new Error('name one export');
  if (!existsSync(path)) throw new Error(`there is no file ${path}`);
  const keyIds = values.key.flatMap((key) => (existsSync(key) ? [...keysOf([readFileSync(key, 'utf8')]).keys()] : [key]));
  return { path, json: values.json, trust: { keyIds, kept: values.checkpoints ? keptIn(values.checkpoints) : [] } };
}

/** Lines as audit writes them to `audit-checkpoints.ndjson`; one that a crash cut off follows once more, whole. */
function keptIn(path: string): SignedCheckpoint[] {
  return readFileSync(path, 'utf8').split('\n').filter((line) => line.endsWith('}')).map((line) => {
    const read = checkpointSchema.safeParse(JSON.parse(line));
    if (!read.success) throw new Error(`${path} holds a line that is no checkpoint`);
    return read.data;
  });
}

export function shown({ checks, firstWrong, events, root, cents }: Verdict): string {
  const lines = checks.map(({ name, isRight, detail }) => `${isRight ? 'right' : 'WRONG'}  ${name.padEnd(12)} ${detail}`);
  const totals = Object.entries(cents).map(([name, amount]) => `${name} ${amount}`).join(', ');
  const end = firstWrong ? `WRONG at line ${firstWrong.line}: ${firstWrong.reason}` : `verified: ${events} events, root ${root}`;
  return [...lines, `       cents        ${totals}`, end].join('\n');
}
