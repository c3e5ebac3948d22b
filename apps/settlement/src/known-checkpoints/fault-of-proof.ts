// Whether what audit says of a statement is a proof: of this very statement, with the digest that settlement itself has, under a root that
// audit signed before.
import { isIncluded } from '#libs/proofs';

export type ToldProof = Readonly<{ statementId: string; index: number; leaf: string; path: readonly string[] }>;
export type Signed = Readonly<{ size: number; root: string }>;
export type KnownStatement = Readonly<{ sha256: string }>;

/** A sentence that says why it is none; undefined where it holds. */
export function faultOfProof(
  proof: ToldProof,
  { signed, isTold, statement }: Readonly<{ signed: Signed; isTold: boolean; statement: KnownStatement | undefined }>,
): string | undefined {
  const { statementId, index, leaf, path } = proof;
  if (!isTold) return `the checkpoint of ${signed.size} is not the one that was told`;
  if (!statement) return `there is no statement ${statementId}`;
  if (!isIncluded({ ...signed, index, leaf: Buffer.from(leaf), path: [...path] })) return `statement ${statementId} is not in the log of ${signed.size}`;
  const { type, body } = JSON.parse(leaf) as { type?: string; body?: { statementId?: string; sha256?: string } };
  const isOfIt = type === 'statement.closed.v1' && body?.statementId === statementId && body.sha256 === statement.sha256;
  return isOfIt ? undefined : `what was proved is not statement ${statementId} as it closed`;
}
