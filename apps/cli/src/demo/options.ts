// What the demo can be asked for. With places it plays a scheme's year, without the one life of a voucher.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { StartupFault } from '#libs/persistence';
import type { YearOptions } from '../year/play-year.js';
import { SABOTAGES, type Sabotage } from './sabotage.js';
import { QUEUES, type QueueKind } from './stage.js';

export type LifeOptions = Readonly<{ json: boolean; seed: string; sabotage: Sabotage | undefined; queue: QueueKind }>;
export type DemoOptions = Readonly<{ life: LifeOptions; year: YearOptions | undefined }>;

/** Fewer would leave no voucher for half of what happens. More than an order may have is refused by the platform. */
const VOUCHERS_MIN = 10;
const VOUCHERS_MAX = 1_000_000;
const VOUCHERS_USUAL = 2_000;

const USAGE = `usage: npm run demo -- [--places FILE [--vouchers N] [--payers FILE] [--out DIR]] [--json] [--seed S] [--queue ${QUEUES.join('|')}] [--sabotage ${SABOTAGES.join('|')}]`;

/** Throws StartupFault, in one line. */
export function readOptions(args: readonly string[]): DemoOptions {
  try {
    const { values } = parseArgs({
      args: [...args], options: {
        json: { type: 'boolean', default: false }, seed: { type: 'string' }, sabotage: { type: 'string' }, queue: { type: 'string', default: 'postgres' },
        places: { type: 'string' }, vouchers: { type: 'string' }, payers: { type: 'string' }, out: { type: 'string' },
      },
    });
    const life = {
      json: values.json, seed: values.seed ?? randomBytes(8).toString('hex'), sabotage: oneOf('sabotage', SABOTAGES, values.sabotage),
      queue: oneOf('queue', QUEUES, values.queue)!,
    };
    const placesFile = fileOf(values.places);
    if (!placesFile && (values.vouchers ?? values.payers ?? values.out) !== undefined) throw new Error('a year needs --places');
    const year = placesFile && {
      ...life, placesFile, payersFile: fileOf(values.payers), out: values.out, vouchers: vouchersOf(values.vouchers),
    };
    return { life, year: year || undefined };
  } catch (error) {
    throw new StartupFault(`${(error as Error).message}; ${USAGE}`);
  }
}

function oneOf<T extends string>(what: string, known: readonly T[], wanted: string | undefined): T | undefined {
  const found = known.find((name) => name === wanted);
  if (wanted !== undefined && !found) throw new Error(`there is no ${what} ${wanted}`);
  return found;
}

function fileOf(path: string | undefined): string | undefined {
  if (path !== undefined && !existsSync(path)) throw new Error(`there is no file ${path}`);
  return path === undefined ? undefined : resolve(path);
}

function vouchersOf(text: string | undefined): number {
  const count = text === undefined ? VOUCHERS_USUAL : Number(text);
  if (!Number.isInteger(count) || count < VOUCHERS_MIN || count > VOUCHERS_MAX) {
    throw new Error(`--vouchers takes a whole number from ${VOUCHERS_MIN} to ${VOUCHERS_MAX}`);
  }
  return count;
}
