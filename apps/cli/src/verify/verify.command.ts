// `mereau verify EXPORT|PACKET.zip [--key ID-OR-PEM]… [--checkpoint FILE]… [--published FILE]… [--json]`: one line per check; exit 0
// when all are right, 1 when one is not, with the first lie named, 2 on wrong words. No database, no network.
import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { keysOf, readKept, type SignedCheckpoint } from '#libs/proofs';
import { readPublished, type PublishedMonth } from './published-months.js';
import { verifyExport, type Trust, type Verdict } from './verify-export.js';
import { verifyPacket, type PacketVerdict } from './verify-packet.js';

const USAGE = 'usage: mereau verify EXPORT|PACKET.zip [--key KEY_ID|PEM_FILE]... [--checkpoint FILE]... [--published FILE]... [--json]';

const several = { type: 'string', multiple: true, default: [] as string[] } as const;

type Wanted = Readonly<{ path: string; trust: Trust; json: boolean }>;

export async function verifyCommand(args: readonly string[]): Promise<number> {
  let wanted: Wanted;
  try {
    wanted = wantedOf(args);
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
    return 2;
  }
  const { path, trust, json } = wanted;
  const verdict = isZip(path) ? await verifyPacket(path, trust) : await verifyExport(path, trust);
  console.log(json ? JSON.stringify(verdict) : shown(verdict));
  return verdict.verified ? 0 : 1;
}

/** By its first bytes: names of files are changed on their way. */
function isZip(path: string): boolean {
  const start = Buffer.alloc(2);
  const file = openSync(path, 'r');
  readSync(file, start, 0, start.length, 0);
  closeSync(file);
  return start.toString('latin1') === 'PK';
}

function wantedOf(args: readonly string[]): Wanted {
  const { values, positionals } = parseArgs({
    args: [...args], allowPositionals: true,
    options: { key: several, checkpoint: several, published: several, json: { type: 'boolean', default: false } },
  });
  const [path] = positionals;
  if (!path || positionals.length !== 1) throw new Error('name one export, or one packet of evidence');
  if (!existsSync(path)) throw new Error(`there is no file ${path}`);
  const keyIds = values.key.flatMap((key) => (existsSync(key) ? [...keysOf([readFileSync(key, 'utf8')]).keys()] : [key]));
  if (isZip(path) && values.published.length > 0) throw new Error('a packet holds no months of open data: name an export');
  const trust = { keyIds, kept: values.checkpoint.flatMap(keptIn), published: values.published.flatMap(publishedIn) };
  return { path, json: values.json, trust };
}

/** As the public pages gave it. */
function publishedIn(path: string): readonly PublishedMonth[] {
  const published = readPublished(readFileSync(path, 'utf8'));
  if (!published) throw new Error(`${path} holds no month of open data as /audit/open-data/months answers it`);
  return published;
}

/** As it was kept: the note that was mailed, or the lines of audit's own file. */
function keptIn(path: string): SignedCheckpoint[] {
  const kept = readKept(readFileSync(path, 'utf8'));
  if (!kept) throw new Error(`${path} holds no checkpoint, or a line that is none`);
  return kept;
}

export function shown(verdict: Verdict | PacketVerdict): string {
  const lines = verdict.checks.map(({ name, isRight, detail }) => `${isRight ? 'right' : 'WRONG'}  ${name.padEnd(12)} ${detail}`);
  const totals = 'cents' in verdict ? [`       cents        ${Object.entries(verdict.cents).map(([name, amount]) => `${name} ${amount}`).join(', ')}`] : [];
  const wrong = verdict.firstWrong;
  const end = wrong ? `WRONG ${'line' in wrong ? `at line ${wrong.line}` : `in ${wrong.path}`}: ${wrong.reason}` : `verified: ${verdict.events} events, root ${verdict.root}`;
  return [...lines, ...totals, end].join('\n');
}
