import pg from 'pg';

/** A reason not to start, in one line that says what to do. */
export class StartupFault extends Error {
  override name = 'StartupFault';
}

const OLDEST = 180_000;

/** Throws StartupFault when the URL is wrong, nothing answers, or the server is older than PostgreSQL 18. */
export async function checkServer(adminUrl: string): Promise<void> {
  const shown = shownUrl(adminUrl);
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number; text: string }>(
      `select current_setting('server_version_num')::int as version, current_setting('server_version') as text`,
    );
    const { version, text } = rows[0]!;
    if (version < OLDEST) throw new StartupFault(`PostgreSQL ${text} at ${shown} is too old: Méreau needs 18 or newer.`);
  } catch (error) {
    if (error instanceof StartupFault) throw error;
    throw new StartupFault(`Cannot use the database at ${shown}: ${(error as Error).message || (error as { code?: string }).code}. Check DATABASE_URL.`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Without its password. */
function shownUrl(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new StartupFault('DATABASE_URL is not a URL like postgresql://user:password@host:5432/database.');
  }
  if (!/^postgres(ql)?:$/.test(url.protocol)) throw new StartupFault('DATABASE_URL must begin with postgresql://.');
  return `${url.host}${url.pathname}`;
}
