import { describe, expect, it } from '@jest/globals';
import { leafHash } from '#libs/proofs';
import { faultOfProof } from './fault-of-proof.js';

const statementId = '01900000-0000-7000-8000-00000000000c';
const sha256 = 'ab'.repeat(32);
const leafOf = (over: object = {}, type = 'statement.closed.v1') => JSON.stringify({ type, body: { statementId, sha256, ...over } });
const told = (leaf = leafOf()) => ({ statementId, index: 0, leaf, path: [] as string[] });
const signedOf = (leaf = leafOf()) => ({ size: 1, root: leafHash(Buffer.from(leaf)).toString('hex') });
const known = (leaf = leafOf()) => ({
  signed: signedOf(leaf), isTold: true, statement: { sha256 } as { sha256: string } | undefined,
});
const other = leafOf({ sha256: 'cd'.repeat(32) });
const event = leafOf({}, 'payment.booked.v1');

describe('a proof that audit tells of a statement', () => {
  it.each<[string, ReturnType<typeof told>, Partial<ReturnType<typeof known>>, RegExp | undefined]>([
    ['holds', told(), {}, undefined],
    ['is none under a root that was never told', told(), { isTold: false }, /is not the one that was told/],
    ['is none of a statement that nobody closed', told(), { statement: undefined }, /there is no statement/],
    ['is none where the path leads elsewhere', { ...told(), path: ['00'.repeat(32)] }, {}, /is not in the log of 1/],
    ['is none of another text', told(other), known(other), /is not statement .* as it closed/],
    ['is none of another event', told(event), known(event), /is not statement .* as it closed/],
  ])('%s', (_, proof, over, fault) => {
    const found = faultOfProof(proof, { ...known(), ...over });
    if (fault) expect(found).toMatch(fault);
    else expect(found).toBeUndefined();
  });
});
