// The collector's own connection, apart from every pool, so that no slow query of a page stands before a till. Only the
// collector may use it: whoever holds it holds the right to write redemptions without the unit of work.
import pg from 'pg';
import { CONNECTION_OPTIONS } from '#libs/persistence';
import { TILL_CONNECT_TIMEOUT_MS, TILL_QUERY_TIMEOUT_MS } from '../limits.js';

/**
 * The statements never change, so each is planned once. A plan made while a table is still empty prefers to read the
 * whole of it, and is kept while it fills: that way is switched off, and every look-up goes by an index.
 */
const TILL_OPTIONS = `${CONNECTION_OPTIONS} -c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c jit=off`;

/** A pool of one: a lane sends its statements in order, several in one network write. */
export class TillPool {
  private live: pg.Client | undefined;

  constructor(private readonly databaseUrl: string) {}

  /** The connection, made anew when the last one was lost. Throws when the server does not answer. */
  async client(): Promise<pg.Client> {
    if (this.live) return this.live;
    const client = new pg.Client({
      connectionString: this.databaseUrl, pipeline: true, options: TILL_OPTIONS, application_name: 'redemption till',
      connectionTimeoutMillis: TILL_CONNECT_TIMEOUT_MS, query_timeout: TILL_QUERY_TIMEOUT_MS, keepAlive: true,
    });
    // An idle connection may end at any time; the next batch makes another.
    client.on('error', () => this.forget(client)).on('end', () => this.forget(client));
    await client.connect();
    this.live = client;
    return client;
  }

  /** For a connection in which something is wrong that a rollback does not mend. */
  discard(client: pg.Client): void {
    this.forget(client);
    // Not awaited: a connection that is gone may never say goodbye.
    void client.end().catch(() => undefined);
  }

  async close(): Promise<void> {
    const client = this.live;
    this.live = undefined;
    await client?.end();
  }

  private forget(client: pg.Client): void {
    if (this.live === client) this.live = undefined;
  }
}

/** All that `send` queries leaves in one packet: round trips are what a till waits for. */
export function inOneWrite<T>(client: pg.Client, send: () => T): T {
  const { stream } = client.connection;
  stream.cork();
  try {
    return send();
  } finally {
    stream.uncork();
  }
}
