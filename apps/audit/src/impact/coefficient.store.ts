import type { Coefficient, CoefficientCode } from '#libs/figures';
import type { Sql, Tx } from '#libs/persistence';

export type Published = Coefficient & Readonly<{ publishedAt: Date }>;

/** Of all codes, the newest version of each first. */
export const listCoefficients = (sql: Sql): Promise<Published[]> => sql.$queryRaw<Published[]>`
  select code, version, low::float8 as low, value::float8 as value, high::float8 as high, source, source_year as "sourceYear", scope,
    published_at as "publishedAt"
  from audit.impact_coefficient order by code, version desc`;

/** Of each code the newest version. */
export async function coefficientsInForce(sql: Sql): Promise<Coefficient[]> {
  const all = await listCoefficients(sql);
  return all.filter(({ code }, at) => all.findIndex((one) => one.code === code) === at)
    .map(({ publishedAt: _, ...coefficient }) => coefficient);
}

export async function lockCoefficients(tx: Tx): Promise<void> {
  await tx.sql.$executeRaw`select pg_advisory_xact_lock(hashtextextended('mereau.audit.coefficients', 0))`;
}

export async function lastVersion(tx: Tx, code: CoefficientCode): Promise<number> {
  const [row] = await tx.sql.$queryRaw<{ version: number }[]>`
    select coalesce(max(version), 0)::int as version from audit.impact_coefficient where code = ${code}`;
  return row!.version;
}

export async function insertCoefficient(tx: Tx, coefficient: Coefficient): Promise<void> {
  const { code, version, low, value, high, source, sourceYear, scope } = coefficient;
  await tx.sql.$executeRaw`
    insert into audit.impact_coefficient (code, version, low, value, high, source, source_year, scope, published_by, published_at)
    values (${code}, ${version}, ${low}::numeric, ${value}::numeric, ${high}::numeric, ${source}, ${sourceYear}, ${scope}, ${tx.origin.actor.id}, ${tx.now})`;
}
