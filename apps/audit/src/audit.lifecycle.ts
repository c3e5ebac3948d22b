// What audit does besides answering: it takes messages, seals what it took, signs the end of the log every hour, states
// coverage whenever the ledgers have told a day, and asks the rules against fraud about what was sealed.
import { PrismaPg } from '@prisma/adapter-pg';
import type { CommandBus } from '@nestjs/cqrs';
import { uuidv7 } from 'uuidv7';
import { isRejected } from '#libs/kernel';
import { poolConfig, type Tx } from '#libs/persistence';
import { MessagingLifecycle, type Reading, type ServiceSettings } from '#libs/service';
import { PrismaClient } from '../../../prisma/generated/audit/client.js';
import { AuditWork } from './audit.work.js';
import { keepEventConsumer } from './keep-event/keep-event.consumer.js';
import {
  CHECKPOINT_MAIL_POLL_MS, CHECKPOINT_POLL_MS, COVERAGE_POLL_MS, OPEN_DATA_POLL_MS, PROOFS_POLL_MS,
  RESTATE_POLL_MS, SEAL_POLL_MS, WATCH_POLL_MS,
} from './limits.js';
import { ReleaseOpenData } from './open-data/release-open-data.command.js';
import { MailCheckpoints } from './mail-checkpoints/mail-checkpoints.command.js';
import { PublishCheckpoint } from './publish-checkpoint/publish-checkpoint.command.js';
import type { AlertWatch } from './alert-watch/alert-watch.js';
import type { Comparer } from './compare-tallies/comparer.js';
import type { Restater } from './restate-ledgers/restater.js';
import type { Sealer } from './seal-events/sealer.js';
import { insertReading } from './show-readings/reading.store.js';
import { StateCoverage } from './state-coverage/state-coverage.command.js';
import type { ProofTeller } from './tell-proofs/proof-teller.js';
import { timerLoop } from './timer-loop.js';

/** Connects lazily: nothing is asked of the database before somebody works. */
export function openWork({ databaseUrl, clock }: Pick<ServiceSettings, 'databaseUrl' | 'clock'>): AuditWork {
  const client = new PrismaClient({ adapter: new PrismaPg(poolConfig(databaseUrl, 'mereau audit')) });
  return new AuditWork(client, { schema: 'audit', clock, ids: { next: () => uuidv7() } });
}

type Background = Readonly<{ sealer: Sealer; watch: AlertWatch; restater: Restater; comparer: Comparer; teller: ProofTeller }>;

export class AuditLifecycle extends MessagingLifecycle {
  constructor(
    settings: ServiceSettings, work: AuditWork, commands: CommandBus, { sealer, watch, restater, comparer, teller }: Background,
  ) {
    const { log } = settings;
    super(settings, {
      service: 'audit', work, consumers: [keepEventConsumer],
      loops: [
        timerLoop({ name: 'sealer', everyMs: SEAL_POLL_MS, run: (isOver) => sealer.sealWhileWaiting(isOver) }, log),
        timerLoop({ name: 'alert watch', everyMs: WATCH_POLL_MS, run: (isOver) => watch.watchWhileSealed(isOver) }, log),
        timerLoop({ name: 'restater', everyMs: RESTATE_POLL_MS, run: (isOver) => restateAndCompare({ restater, comparer }, isOver) }, log),
        timerLoop({ name: 'checkpoint timer', everyMs: CHECKPOINT_POLL_MS, run: () => publishWhenDue(commands, log) }, log),
        timerLoop({ name: 'proof teller', everyMs: PROOFS_POLL_MS, run: (isOver) => teller.tellProved(isOver) }, log),
        timerLoop({ name: 'checkpoint mail', everyMs: CHECKPOINT_MAIL_POLL_MS, run: () => commands.execute(new MailCheckpoints()) }, log),
        timerLoop({ name: 'coverage timer', everyMs: COVERAGE_POLL_MS, run: () => commands.execute(new StateCoverage(COVERAGE_META)) }, log),
        timerLoop({ name: 'open data timer', everyMs: OPEN_DATA_POLL_MS, run: () => commands.execute(new ReleaseOpenData(OPEN_DATA_META)) }, log),
      ],
    });
  }

  /** Audit does not hear its own messages. */
  protected override tellReading(tx: Tx, reading: Reading): Promise<void> {
    return insertReading(tx, reading);
  }
}

const COVERAGE_META = { kind: 'process', name: 'coverage-timer', correlationId: 'coverage' } as const;
const OPEN_DATA_META = { kind: 'process', name: 'open-data-timer', correlationId: 'open-data' } as const;

async function restateAndCompare({ restater, comparer }: Pick<Background, 'restater' | 'comparer'>, isOver: () => boolean): Promise<void> {
  await restater.restateSealed(isOver);
  await comparer.compareAnnounced(isOver);
}

async function publishWhenDue(commands: CommandBus, log: ServiceSettings['log']): Promise<void> {
  const meta = { kind: 'process', name: 'checkpoint-timer', correlationId: 'audit-log' } as const;
  const outcome = await commands.execute(new PublishCheckpoint(meta, 'when due'));
  if (isRejected(outcome)) log.error({ ...outcome, runbook: 'docs/runbooks/audit-log-broken.md' }, 'no checkpoint is signed');
}
