// `mereau accounting-export --siren NUMBER --year YEAR [--out FOLDER]`: the year's postings in the form that a French tax audit
// asks for. Marked as to be reviewed: which account is which, an accountant decides.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { dayIn } from '#libs/kernel';
import { INSPECTOR_ROLE, StartupFault, urlAs } from '#libs/persistence';
import { isSiren } from '#libs/sirene';
import { keyringFor, readProgramSettings, rolePasswords } from '#libs/service';
import { rootDir } from '../root-dir.js';
import { runningDatabaseUrl } from '../start/embedded-database.js';
import { description } from './description.js';
import { fecFileName } from './fec-line.js';
import { latin9 } from './latin-9.js';
import { OPERATOR_ZONE } from './read-postings.js';
import { writeExport, type Exported } from './write-export.js';

const USAGE = 'usage: mereau accounting-export --siren NUMBER --year YEAR [--out FOLDER]';
type Wish = Readonly<{ siren: string; year: string; out: string }>;

/** Exit 0 when the file is written, 2 on wrong words. Throws StartupFault. */
export async function accountingExportCommand(args: readonly string[]): Promise<number> {
  const wish = wishIn(args);
  if (typeof wish === 'string') {
    console.error(`${wish}\n${USAGE}`);
    return 2;
  }
  const period = { firstDay: `${wish.year}-01-01`, lastDay: `${wish.year}-12-31` };
  const isOver = dayIn(OPERATOR_ZONE, new Date()) > period.lastDay;
  const name = fecFileName(wish.siren, period.lastDay);
  mkdirSync(wish.out, { recursive: true });
  // Before the year is over a late posting would still take a number in the middle: such a file is not to be handed in.
  const path = join(wish.out, isOver ? name : `PROVISOIRE-${name}`);
  if (existsSync(path)) throw new StartupFault(`${path} is there already: an accounting file is not overwritten`);
  const exported = await writeExport(await inspectorUrl(), path, period);
  writeFileSync(`${path}.DESCRIPTION`, latin9(description(basename(path))), { flag: 'wx', mode: 0o600 });
  writeFileSync(`${path}.LISEZ-MOI`, notice(name, exported, isOver), { flag: 'wx', mode: 0o600 });
  console.log(`${exported.entries} entries in ${exported.lines} lines, ${exported.debitCents} cents on either side, are in ${path}`);
  if (!isOver) console.log('the year is not over: the file is provisional');
  return 0;
}

function wishIn(args: readonly string[]): Wish | string {
  try {
    const { values } = parseArgs({
      args: [...args], strict: true, options: { siren: { type: 'string' }, year: { type: 'string' }, out: { type: 'string', default: '.' } },
    });
    const { siren = '', year = '', out } = values;
    if (!isSiren(siren)) return '--siren is the number of the legal body whose books these are, nine digits';
    if (!/^20\d\d$/.test(year)) return '--year is a calendar year, such as 2026';
    return { siren, year, out: resolve(out) };
  } catch (error) {
    return (error as Error).message;
  }
}

async function inspectorUrl(): Promise<string> {
  const root = rootDir();
  const program = readProgramSettings();
  const dataDir = resolve(root, program.dataDir);
  const adminUrl = program.databaseUrl ?? (await runningDatabaseUrl(root, dataDir));
  if (!adminUrl) throw new StartupFault('no platform runs on this data folder: run npm start, or set DATABASE_URL');
  return urlAs(adminUrl, INSPECTOR_ROLE, rolePasswords(keyringFor([], { ...program, dataDir }, process.env))(INSPECTOR_ROLE));
}

/** French: it goes to an accountant in France beside the file. */
const notice = (name: string, { entries, lines, debitCents, sha256 }: Exported, isOver: boolean): string => [
  `${name} : à relire par un expert-comptable avant toute remise.`,
  isOver ? 'L\'exercice est terminé.' : 'PROVISOIRE : l\'exercice n\'est pas terminé, la numérotation peut encore changer.',
  `${entries} écritures, ${lines} lignes, débit = crédit = ${debitCents} centimes.`,
  `SHA-256 : ${sha256}`,
  'Les numéros de compte sont des propositions (docs/accounting-export.md). Les comptes 18 relient les trois journaux et se soldent entre eux.',
  '',
].join('\n');
