// The pages that show proofs, against an audit that tells the truth, and against one that lies.
import 'reflect-metadata';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { leafHash, LeafTree } from '#libs/proofs';
import { answers, as, asked, closePages, get, openPages, pagesApp, resetPages, text, uuid } from '../../../../test/builders/pages.js';

const ORIGIN = 'mereau.example/audit';
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const keyId = createHash('sha256').update(`{"crv":"Ed25519","kty":"OKP","x":"${publicKey.export({ format: 'jwk' }).x}"}`).digest('base64url');
const leaves = ['first', 'second'].map((leaf) => Buffer.from(leaf));
const path = [leafHash(leaves[1]!).toString('hex')];

function checkpoint(size: number, follows: object | null) {
  const tree = new LeafTree();
  for (const leaf of leaves.slice(0, size)) tree.add(leaf);
  const [root, time] = [tree.root(), `2026-11-24T0${size}:00:00.000Z`];
  const signed = `${ORIGIN}\n${size}\n${Buffer.from(root, 'hex').toString('base64')}\ntime ${time}\n`;
  const line = Buffer.concat([Buffer.alloc(4), sign(null, Buffer.from(signed), privateKey)]).toString('base64');
  return { size, root, time, origin: ORIGIN, keyId, signature: 's', note: `${signed}\n\u2014 ${ORIGIN} ${line}\n`, follows };
}
const [first, second] = [checkpoint(1, null), checkpoint(2, { size: 1, path })];
const statementId = `stm_${uuid(9)}`;
const proof = {
  eventId: `evt_${uuid(8)}`, index: 0, size: 2, leaf: 'first', leafHash: 'x', path, root: second.root, checkpoint: { time: second.time, note: second.note },
};

let app: NestFastifyApplication;
beforeAll(async () => {
  await openPages();
  app = pagesApp();
});
afterAll(closePages);
beforeEach(() => {
  resetPages();
  answers['GET /audit/checkpoints'] = [200, { items: [second, first], nextCursor: null }];
  answers['GET /audit/keys'] = [200, { origin: ORIGIN, keys: [{ keyId, noteVerifier: 'v', pem: publicKey.export({ format: 'pem', type: 'spki' }) }] }];
  answers[`GET /audit/statements/${statementId}/proof`] = [200, proof];
});
const page = async (url: string, language = 'en') => text((await app.inject({ url, headers: { 'accept-language': language } })).body);

describe('the page of checkpoints', () => {
  it('is for anybody, in two languages, and says that each is signed and follows', async () => {
    const english = await page('/checkpoints');
    for (const shown of ['The log only grew', 'Proved', 'It is the first', second.root, 'node mereau-verify.mjs']) expect(english).toContain(shown);
    expect(english).not.toContain('Wrong');
    expect(await page('/checkpoints', 'fr')).toContain('Le journal n’a fait que grandir');
    expect(asked.every(({ headers }) => headers.authorization === undefined)).toBe(true);
  });

  it.each([
    ['a log that was rewritten', { items: [{ ...second, follows: { size: 1, path: ['ab'.repeat(32)] } }, first] }, 'Broken'],
    ['a checkpoint that is not signed', { items: [{ ...second, note: second.note.replace('time 2026', 'time 2027'), time: second.time.replace('2026', '2027') }, first] }, 'Wrong'],
    ['a checkpoint that was left out', { items: [{ ...second, follows: null }, first] }, 'contradicts'],
  ])('says of %s that it is one', async (_what, told, word) => {
    answers['GET /audit/checkpoints'] = [200, { ...told, nextCursor: null }];
    const shown = await page('/checkpoints');
    expect(shown).toContain('The log contradicts itself');
    expect(shown).toContain(word);
  });

  it('says so where there is none yet', async () => {
    answers['GET /audit/checkpoints'] = [200, { items: [], nextCursor: null }];
    expect(await page('/checkpoints')).toContain('No checkpoint');
  });
});

describe('the proof of a statement', () => {
  it('is checked by the page, under the root that was signed, and can be kept', async () => {
    as('place', ['till']);
    const shown = text((await get(`/statements/${statementId}/proof`, { 'accept-language': 'en' })).body);
    expect(shown).toContain('In the signed log');
    const kept = await get(`/statements/${statementId}/proof.json`);
    expect([kept.statusCode, JSON.parse(kept.body)]).toEqual([200, proof]);
  });

  it.each([['another leaf', { leaf: 'forged' }], ['another root than the signed one', { size: 1, path: [], root: first.root }]])('is told as wrong with %s', async (_what, over) => {
    as('place', ['till']);
    answers[`GET /audit/statements/${statementId}/proof`] = [200, { ...proof, ...over }];
    expect(text((await get(`/statements/${statementId}/proof`, { 'accept-language': 'en' })).body)).toContain('The proof is wrong');
  });

  it('is said to come, before the next checkpoint', async () => {
    as('place', ['till']);
    answers[`GET /audit/statements/${statementId}/proof`] = [409, { code: 'event_not_in_log' }];
    expect(text((await get(`/statements/${statementId}/proof`, { 'accept-language': 'fr' })).body)).toContain('Bientôt');
  });
});

describe('a packet of evidence', () => {
  it('is asked of audit by what its id is of, and passed on', async () => {
    as('auditor', ['auditor']);
    answers['GET /audit/evidence'] = [200, { pretend: 'zip' }];
    const answer = await get(`/evidence?of=${statementId}`);
    expect([answer.statusCode, answer.headers['content-type'], answer.headers['content-disposition']]).toEqual([200, 'application/zip', `attachment; filename="${statementId}.evidence.zip"`]);
    expect(asked.some(({ route }) => route === 'GET /audit/evidence')).toBe(true);
    expect((await get('/evidence?of=usr_1')).statusCode).toBe(400);
    answers['GET /audit/evidence'] = [403, { code: 'role_missing' }];
    expect((await get(`/evidence?of=${statementId}`)).statusCode).toBe(403);
  });
});
