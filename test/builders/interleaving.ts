// Two transactions whose statements stand until they are let go, so that a spec can put each of them before or after each of
// the other's. They meet at a real server: where one waits for a lock of the other, it is seen to wait and left alone.
import type pg from 'pg';
import { TillPool } from '../../apps/redemption/src/till/till-pool.js';
import type { Sql, SqlClient } from '#libs/persistence';

export type Statement = string | Readonly<{ name?: string; text: string }>;
/** What becomes of a statement before it is sent, and after. */
export type Passing = Readonly<{ pass<T>(statement: Statement, run: () => Promise<T>): Promise<T> }>;
const labelOf = (statement: Statement): string =>
  (typeof statement === 'string' ? statement : statement.name ?? statement.text).trim().replaceAll(/\s+/g, ' ').slice(0, 60);

export class Steps implements Passing {
  /** In the order in which the statements asked to be let go; the last one may still stand. */
  readonly asked: string[] = [];
  private allowed = 0;
  private letGo: () => void = () => undefined;
  private last: Promise<unknown> = Promise.resolve();
  private hasEnded = false;

  /** `isWaiting`: does this transaction wait for a lock right now? `log` is shared with the other one. */
  constructor(private readonly log: string[], private readonly name: string, private readonly isWaiting: () => Promise<boolean>) {}

  /** Runs after the statements before it, as on one connection, and once it is let go. */
  pass<T>(statement: Statement, run: () => Promise<T>): Promise<T> {
    const label = labelOf(statement);
    const done = this.last.then(async () => {
      this.asked.push(label);
      while (this.allowed < this.asked.length) await new Promise<void>((resume) => { this.letGo = resume; });
      this.log.push(`${this.name}: ${label}`);
      const result = await run();
      this.log.push(`${this.name}: ${label}, done`);
      return result;
    });
    this.last = done.catch(() => undefined);
    return done;
  }

  async follow<T>(act: () => Promise<T>): Promise<T> {
    return act().finally(() => { this.hasEnded = true; });
  }

  /** Lets `count` statements go in all, and comes back when the next one stands, or nothing is left, or one waits for a lock. */
  async goTo(count: number): Promise<void> {
    this.allowed = count;
    this.letGo();
    while (this.asked.length <= count && !this.hasEnded) if (await this.isWaiting()) return;
  }

  goToEnd = (): Promise<void> => this.goTo(Number.POSITIVE_INFINITY);
}

/** The connection of a collector, whose statements pass one by one though they are sent together. */
export class SteppedPool extends TillPool {
  constructor(databaseUrl: string, private readonly steps: () => Passing | undefined) {
    super(databaseUrl);
  }

  override async client(): Promise<pg.Client> {
    const real = await super.client();
    return new Proxy(real, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        const method = value.bind(target) as (...values: unknown[]) => unknown;
        const steps = this.steps();
        if (name !== 'query' || !steps) return method;
        return (statement: Statement) => steps.pass(statement, () => method(statement) as Promise<unknown>);
      },
    });
  }
}

/** Of a unit of work: each statement of its transactions and their ends are steps. */
export function steppedClient(real: SqlClient, steps: () => Passing | undefined): SqlClient {
  const pass = <T>(statement: Statement, run: () => Promise<T>): Promise<T> => steps()?.pass(statement, run) ?? run();
  const stepped = (sql: Sql): Sql => ({
    $queryRaw: (query, ...values) => pass(query.join('?'), async () => sql.$queryRaw(query, ...values)),
    $executeRaw: (query, ...values) => pass(query.join('?'), async () => sql.$executeRaw(query, ...values)),
    $queryRawUnsafe: (query, ...values) => pass(query, async () => sql.$queryRawUnsafe(query, ...values)),
    $executeRawUnsafe: (query, ...values) => pass(query, async () => sql.$executeRawUnsafe(query, ...values)),
  });
  return {
    ...stepped(real),
    $transaction: async (work, options) => {
      let commit: () => void = () => undefined;
      const committed = new Promise<void>((resume) => { commit = resume; });
      const running = real.$transaction(async (sql) => {
        const outcome = await work(stepped(sql));
        // Prisma commits by itself when this returns; the step is over when that is done.
        await new Promise<void>((go) => { void pass('commit', async () => { go(); await committed; }); });
        return outcome;
      }, options);
      return running.finally(commit);
    },
    $disconnect: () => real.$disconnect(),
  };
}
