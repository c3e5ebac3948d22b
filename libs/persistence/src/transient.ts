// Which faults pass by themselves. The same write conflict reaches us in several shapes (Prisma code, SQLSTATE inside a
// driver error, a bare driver error at COMMIT); this is the one place that knows them all.

type Shape = {
  code?: unknown;
  name?: unknown;
  message?: unknown;
  meta?: { code?: unknown; driverAdapterError?: { cause?: { originalCode?: unknown; code?: unknown; kind?: unknown } } };
  cause?: { originalCode?: unknown; code?: unknown; kind?: unknown };
};

/** The SQLSTATE of a database error in any of its shapes; undefined when there is none. */
export function sqlState(error: unknown): string | undefined {
  const { code, meta, cause } = (error ?? {}) as Shape;
  const inner = meta?.driverAdapterError?.cause ?? cause;
  const candidates = [inner?.originalCode, inner?.code, meta?.code, code];
  return candidates.find((one): one is string => typeof one === 'string' && /^[0-9A-Z]{5}$/.test(one) && !/^P\d{4}$/.test(one));
}

/** Serialization failure or deadlock: the whole transaction may run again at once. */
export function isConflict(error: unknown): boolean {
  const { code, message, meta, cause } = (error ?? {}) as Shape;
  const kind = meta?.driverAdapterError?.cause?.kind ?? cause?.kind;
  return code === 'P2034' || kind === 'TransactionWriteConflict' || String(message).includes('TransactionWriteConflict')
    || ['40001', '40P01'].includes(sqlState(error) ?? '');
}

/** The server or the line is away, out of room or going down (08, 40, 53, 57, lock timeout): later it may work. */
export function isTransient(error: unknown): boolean {
  if (isConflict(error)) return true;
  const state = sqlState(error);
  // 55P03: a lock not granted in time. 25P03: PostgreSQL ended a transaction in which this process had slept too long.
  if (state) return /^(08|40|53|57)/.test(state) || state === '55P03' || state === '25P03';
  const { code, message } = (error ?? {}) as Shape;
  return ['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'ECONNREFUSED', 'ECONNRESET'].includes(String(code))
    || /ConnectionClosed|Connection terminated|connection error and is not queryable|SocketTimeout/.test(String(message));
}

/** Unique violation (23505), in any shape. */
export function isDuplicate(error: unknown): boolean {
  return (error as Shape)?.code === 'P2002' || sqlState(error) === '23505';
}

/** The installation went to another operator (shared/migrations/…_cession): what is asked for is refused for good. */
export const isCeded = (error: unknown): boolean => sqlState(error) === 'MC001';
