import { Collector, type CollectorOptions } from './collector.js';
import { TillPool } from './till-pool.js';

/** A collector with the one connection that it alone may use. Connects when it is first asked. */
export const openCollector = (databaseUrl: string, options: Omit<CollectorOptions, 'pool'>): Collector =>
  new Collector({ ...options, pool: new TillPool(databaseUrl) });
