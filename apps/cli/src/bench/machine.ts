// What a figure was measured on, told with every figure.
import os from 'node:os';
import type pg from 'pg';

export type Machine = Readonly<{
  processor: string; cores: number; memoryGb: number; loadAverage: number; node: string; postgres: string; fsync: string;
  synchronousCommit: string; walCompression: string;
}>;

export async function machineOf(admin: pg.Client): Promise<Machine> {
  const { rows } = await admin.query<Pick<Machine, 'postgres' | 'fsync' | 'synchronousCommit' | 'walCompression'>>(
    `select current_setting('server_version') as postgres, current_setting('fsync') as fsync,
       current_setting('synchronous_commit') as "synchronousCommit", current_setting('wal_compression') as "walCompression"`);
  const cpus = os.cpus();
  return {
    processor: cpus[0]?.model.trim() ?? 'unknown', cores: cpus.length, memoryGb: Math.round(os.totalmem() / 1e9),
    loadAverage: Number(os.loadavg()[0]!.toFixed(1)), node: process.version, ...rows[0]!,
  };
}

export function machineText(machine: Machine): string {
  const { processor, cores, loadAverage, node, postgres, fsync, synchronousCommit, walCompression } = machine;
  return [
    `PostgreSQL ${postgres} (embedded, fsync ${fsync}, synchronous_commit ${synchronousCommit}, wal_compression ${walCompression}), Node ${node}`,
    `${processor}, ${cores} cores shared by server, service and load; load average ${loadAverage}`,
  ].join('\n');
}

/** For people line by line, while it goes on; for machines one object at the end. */
export type Told = Readonly<{ tell(line: string): void; conclude(object: object, lines: string): void }>;

export const told = (json: boolean): Told => ({
  tell: (line) => { if (!json) console.log(line); },
  conclude: (object, lines) => console.log(json ? JSON.stringify(object) : lines),
});
