// How an installation goes to another operator: the steps as its own database keeps them, the same in every service's schema,
// and the secret without which nobody opens the keys that were handed over. Each step is one transaction.
import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { RELEASE_BYTES } from '#libs/keys';
import { roleOf, SCHEMAS, StartupFault } from '#libs/persistence';

export type Step = 'ceded' | 'released' | 'reclaimed' | 'taken_over';
export type Standing = Readonly<{ number: number; step: Step; receiver: string; at: Date }>;

/** Where writers of every service meet the closing. */
const WRITTEN = ['idempotency', 'outbox', 'inbox'];

/** The last step; undefined for an installation that never changed hands. */
export async function standingOf(client: pg.Client): Promise<Standing | undefined> {
  const { rows: [last] } = await client.query<Standing>('select number, step, receiver, at from audit.cession order by number desc limit 1');
  return last;
}

/**
 * Closes the installation to `receiver`, unless it is closed to it already, and answers with the secret of the release. Whoever
 * was writing has ended when this commits, and who comes later is refused by the database. Throws StartupFault.
 */
export async function closeTo(client: pg.Client, receiver: string): Promise<Buffer> {
  return inOneTransaction(client, async () => {
    await client.query(`lock table ${SCHEMAS.flatMap((schema) => WRITTEN.map((name) => `${schema}.${name}`)).join(', ')} in share row exclusive mode`);
    await refuseWhileServicesRun(client);
    await refuseWhileStripeIsAsked(client);
    // Not in a schema of a service: no backup, no cession and no role of a service has it.
    await client.query('create table if not exists public.cession_release (number int primary key, secret bytea not null)');
    await client.query(`comment on table public.cession_release is 'What opens the keys of a cession, until it is reclaimed; nobody but the owner of the database reads it'`);
    const last = await standingOf(client);
    if (last?.step === 'released') throw new StartupFault('this installation was released to another operator: it is not ceded a second time');
    if (last?.step === 'ceded' && last.receiver !== receiver) {
      throw new StartupFault(`this installation is ceded to the key ${last.receiver}: reclaim it before it goes to another`);
    }
    if (last?.step !== 'ceded') {
      const number = await addStep(client, 'ceded', receiver);
      await client.query('insert into public.cession_release (number, secret) values ($1, $2)', [number, randomBytes(RELEASE_BYTES)]);
    }
    return secretOf(client);
  });
}

/** The receiver has another account at Stripe, and would ask again for what may have left already. */
async function refuseWhileStripeIsAsked(client: pg.Client): Promise<void> {
  const { rows: [open] } = await client.query<{ count: number }>(
    `select (select count(*) from settlement.stripe_transfer where state = 'asked')::int + (select count(*) from settlement.stripe_refund where state = 'asked')::int as count`);
  if (open!.count === 0) return;
  throw new StartupFault(`${open!.count} transfers or refunds were asked of Stripe and have no answer: start the services until they have, then cede again`);
}

/** From here on it is never reclaimed. Answers with the secret, each time that it is asked. Throws StartupFault. */
export async function release(client: pg.Client): Promise<Readonly<{ receiver: string; secret: Buffer }>> {
  return inOneTransaction(client, async () => {
    const last = await lockStanding(client);
    if (last?.step !== 'ceded' && last?.step !== 'released') throw new StartupFault('this installation is not ceded: there is nothing to release');
    const secret = await secretOf(client);
    if (last.step === 'ceded') await addStep(client, 'released', last.receiver);
    return { receiver: last.receiver, secret };
  });
}

/** The secret is destroyed with it: whatever folder went out, nobody opens its keys any more. Throws StartupFault. */
export async function reclaim(client: pg.Client): Promise<void> {
  await inOneTransaction(client, async () => {
    const last = await lockStanding(client);
    // They run for reading only, and would go on so: what is taken then would be sent by nobody.
    await refuseWhileServicesRun(client);
    if (last?.step === 'released') throw new StartupFault('this installation was released: another operator may go on with it, so it never opens again');
    if (last?.step !== 'ceded') throw new StartupFault('this installation is not ceded: there is nothing to reclaim');
    await client.query('delete from public.cession_release');
    await addStep(client, 'reclaimed', last.receiver);
  });
}

/** In the transaction that brings everything: the new installation is open from its first moment. */
export async function noteTakenOver(client: pg.Client, receiver: string): Promise<void> {
  await addStep(client, 'taken_over', receiver);
}

async function addStep(client: pg.Client, step: Step, receiver: string): Promise<number> {
  const number = ((await standingOf(client))?.number ?? 0) + 1;
  for (const schema of SCHEMAS) {
    await client.query(`insert into ${schema}.cession (number, step, receiver, at) values ($1, $2, $3, clock_timestamp())`, [number, step, receiver]);
  }
  return number;
}

/** Two people at two terminals take turns. */
async function lockStanding(client: pg.Client): Promise<Standing | undefined> {
  await client.query('lock table audit.cession in share row exclusive mode');
  return standingOf(client);
}

async function secretOf(client: pg.Client): Promise<Buffer> {
  const { rows: [row] } = await client.query<{ secret: Buffer }>('select secret from public.cession_release order by number desc limit 1');
  if (!row) throw new StartupFault('the secret of this cession is not here: it is a restored backup. Reclaim it, and cede it again');
  return row.secret;
}

async function refuseWhileServicesRun(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ role: string }>(
    'select distinct usename as role from pg_stat_activity where datname = current_database() and usename = any($1) order by 1', [SCHEMAS.map(roleOf)]);
  if (rows.length > 0) throw new StartupFault(`${rows.map(({ role }) => role).join(', ')} still work here: stop every service first`);
}

async function inOneTransaction<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    const done = await work();
    await client.query('commit');
    return done;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
