// The little that our code asks of a Prisma client: raw SQL in a transaction. Each service has its own generated client;
// this shape fits them all, so that the unit of work and the consumer host know none of them.

export interface Sql {
  $queryRaw<T = unknown>(query: TemplateStringsArray, ...values: unknown[]): Promise<T>;
  $executeRaw(query: TemplateStringsArray, ...values: unknown[]): Promise<number>;
  /** Only for SQL whose schema name is a constant of ours; never with text from outside. */
  $queryRawUnsafe<T = unknown>(query: string, ...values: unknown[]): Promise<T>;
  $executeRawUnsafe(query: string, ...values: unknown[]): Promise<number>;
}

export type TransactionOptions = Readonly<{ maxWait?: number; timeout?: number }>;

export interface SqlClient extends Sql {
  $transaction<T>(work: (sql: Sql) => Promise<T>, options?: TransactionOptions): Promise<T>;
  $disconnect(): Promise<void>;
}

export const SCHEMAS = ['issuance', 'redemption', 'settlement', 'audit', 'identity'] as const;
export type Schema = (typeof SCHEMAS)[number];
