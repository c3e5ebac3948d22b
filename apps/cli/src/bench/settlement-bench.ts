// How long does a closing of a month take: the cut-off verified, each place's statement with its fees and its digest, posted and told?
// Held against bare INSERT .. SELECT .. GROUP BY statements into the same tables, in the same run and each in its turn.
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { databaseClock, isRejected } from '#libs/kernel';
import { roleOf, urlAs, type RequestMeta } from '#libs/persistence';
import { rolePasswords } from '#libs/service';
import { openWork } from '../../../settlement/src/settlement.lifecycle.js';
import { CloseStatements } from '../../../settlement/src/statement-closings/close-statements.command.js';
import { CloseStatementsHandler } from '../../../settlement/src/statement-closings/close-statements.handler.js';
import { PlaceInvoiceIssuer } from '../../../settlement/src/place-invoices/place-invoice-issuer.js';
import { PlaceInvoiceSeller } from '../../../settlement/src/place-invoices/place-invoice-seller.js';
import type { BenchOptions } from './bench-options.js';
import { measureAccrual, type AccrualSetting } from './accrual.js';
import type { QueueKind } from '../demo/stage.js';
import { hasRedisServer } from '../private-redis.js';
import { onBenchStage, type BenchStage } from './bench-stage.js';
import { closeBarely, closedRows, reopen, seedClaims, type Closed, type SeededClaims } from './claim-lines.js';
import { median, timed } from './drive.js';

type Round = Readonly<{ seconds: number; referenceSeconds: number }>;

/** Places of a large scheme; the lines are what the option says. */
const PAYEES = 5_000;
/** Redemptions of which it is measured how fast they accrue. */
const ACCRUED = 100_000;
const REFERENCE = 'one INSERT .. SELECT .. GROUP BY per table, in one transaction, of the same rows';

export async function runSettlementBench({ rounds, vouchers, json }: BenchOptions): Promise<void> {
  await onBenchStage(json, async ({ stage, admin, tell }) => {
    const claims = await seedClaims(admin, { lines: vouchers, payees: Math.min(PAYEES, vouchers) });
    const measured: Round[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      measured.push(await measure({ stage, admin, claims }));
      tell(`round ${round}: ${roundText(measured.at(-1)!)}`);
    }
    const figures = { ...figuresOf(measured, claims), ...await accrual(vouchers, tell) };
    return { figures, text: figuresText(figures) };
  });
}

type Accrual = Readonly<{
  accrualLinesPerSecond: number | null; accrualLinesPerSecondOnPostgres: number; accrualLinesPerSecondInOneProcess: number | null;
}>;

/** On a stage of its own each. Null where no Redis is installed. */
async function accrual(vouchers: number, tell: (line: string) => void): Promise<Accrual> {
  const lines = Math.min(ACCRUED, vouchers);
  const figure = async (queue: QueueKind, who: AccrualSetting['who']) => {
    const perSecond = await measureAccrual({ queue, lines, who });
    tell(`${lines} redemptions accrue: ${perSecond}/s with the queue in ${queue}, ${who} running`);
    return perSecond;
  };
  const onPostgres = await figure('postgres', 'redemption and settlement');
  if (!hasRedisServer()) tell('no redis-server in the PATH: accrual on Redis is not measured');
  const [onRedis, inOne] = hasRedisServer()
    ? [await figure('redis', 'redemption and settlement'), await figure('redis', 'the whole platform')] : [null, null];
  return { accrualLinesPerSecond: onRedis, accrualLinesPerSecondOnPostgres: onPostgres, accrualLinesPerSecondInOneProcess: inOne };
}

type Setting = Readonly<{ stage: BenchStage; admin: pg.Client; claims: SeededClaims }>;

async function measure({ stage, admin, claims }: Setting): Promise<Round> {
  await reopen(admin);
  const referenceSeconds = await timed(() => closeBarely(admin, claims));
  const bare = await closedRows(admin);
  await reopen(admin);
  const seconds = await close(stage);
  assertAlike(await closedRows(admin), bare);
  return { seconds, referenceSeconds };
}

/** As the route does it, by the service's own role. */
async function close(stage: BenchStage): Promise<number> {
  const role = roleOf('settlement');
  const work = openWork({ databaseUrl: urlAs(stage.adminUrl, role, rolePasswords(stage.keyring)(role)), clock: databaseClock });
  const issuer = new PlaceInvoiceIssuer(work, new PlaceInvoiceSeller(undefined));
  const handler = new CloseStatementsHandler(
    work, issuer, { wake: () => undefined }, { wake: () => undefined }, { holdFirstRemittance: false });
  const meta: RequestMeta = {
    kind: 'request', key: uuidv7(), callerId: uuidv7(), route: 'bench', requestHash: 'bench', actor: { kind: 'user', id: uuidv7() }, correlationId: 'bench',
  };
  try {
    return await timed(async () => {
      const closed = await handler.execute(new CloseStatements({ period: null }, meta));
      if (isRejected(closed)) throw new Error(`the closing was refused: ${closed.code} ${JSON.stringify(closed.details)}`);
    });
  } finally {
    await work.client.$disconnect();
  }
}

/** A figure of a run that wrote other rows, or lost a cent, is worth nothing. */
function assertAlike(ours: Closed, reference: Closed): void {
  if (JSON.stringify(ours) !== JSON.stringify(reference)) throw new Error(`the two ways wrote other rows: ${JSON.stringify({ ours, reference })}`);
}

function figuresOf(rounds: readonly Round[], { lines, payees }: SeededClaims) {
  const of = (figure: (round: Round) => number) => Number(median(rounds.map(figure)).toFixed(3));
  return {
    name: 'settlement', claimLines: lines, places: payees, rounds: rounds.length, reference: REFERENCE,
    ratio: of(({ seconds, referenceSeconds }) => referenceSeconds / seconds), closeSeconds: of(({ seconds }) => seconds),
    referenceSeconds: of((round) => round.referenceSeconds),
  };
}

const figuresText = (figures: ReturnType<typeof figuresOf> & Accrual): string => [
  '', `${figures.claimLines} open claim lines of ${figures.places} places, medians of ${figures.rounds} rounds`,
  `closed in ${figures.closeSeconds} s, reference ${figures.referenceSeconds} s (${figures.reference}), ratio ${figures.ratio}`,
  `accrual: ${figures.accrualLinesPerSecond ?? 'not measured'} lines/s on Redis, ${figures.accrualLinesPerSecondOnPostgres} on PostgreSQL; `
    + `${figures.accrualLinesPerSecondInOneProcess ?? 'not measured'} on Redis with the whole platform in one process`,
].join('\n');

const roundText = ({ seconds, referenceSeconds }: Round): string => `${seconds.toFixed(2)} s, reference ${referenceSeconds.toFixed(2)} s`;
