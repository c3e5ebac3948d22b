// What somebody without an account may ask and do, over HTTP: look a voucher up, stop it, report it; and how hopeless guessing is.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import { RangeReceivedV1, VoucherStoppedV1 } from '#libs/contracts';
import { until } from '#libs/testing';
import { RedemptionScheme } from '../../../../test/builders/redemption-scheme.js';

jest.setTimeout(120_000);

let scheme: RedemptionScheme;
beforeAll(async () => { scheme = await RedemptionScheme.create(); });
afterAll(() => scheme.close());

let addresses = 0;
/** Each case sits somewhere else, as the pages say it for whoever they ask for. */
const somewhere = () => ({ 'x-forwarded-for': `198.51.100.${addresses += 1}` });
const ask = (path: string, body: object, headers: Record<string, string> = somewhere()) => scheme.app.call(path, { key: '', body, headers });
const lookUp = (code: string, headers?: Record<string, string>) => ask('voucher-look-ups', { code }, headers);
const unknownCode = () => scheme.app.mint(uuidv7(), [1]).codes[0]!;
const serialsOf = async (batchId: string) => {
  const { rows: [row] } = await scheme.app.world.inspector.query<{ id: string }>('select serial_permutation_id as id from redemption.batch where id = $1', [batchId]);
  return scheme.app.keyring.serials(row!.id);
};

describe('a voucher that is looked up', () => {
  it('tells what is left, what for and until when, and after its use the day and no place', async () => {
    const { codes: [code] } = await scheme.batch(1, { services: ['safe_use'] });
    expect(await lookUp(` ${code!.toLowerCase()}`)).toMatchObject({ status: 200, body: {
      state: 'usable', kind: 'unit', faceCents: 1_000, availableCents: 1_000, usableUntil: '2026-12-31', services: ['safe_use'], usedOn: null,
      programmeId: `prg_${scheme.programmeId}`,
    } });
    expect((await scheme.redeem(code!, { service: 'safe_use' })).status).toBe(201);
    const { body } = await lookUp(code!);
    expect(body).toMatchObject({ state: 'used', availableCents: 0, usedOn: '2026-03-10' });
    expect(JSON.stringify(body)).not.toContain(scheme.till.placeId.slice(4));
  });

  it('takes nothing that a till holds', async () => {
    const { codes: [code] } = await scheme.batch(1, { kind: 'balance' });
    expect((await scheme.authorise(code!, { amountCents: 400 })).status).toBe(201);
    expect((await lookUp(code!)).body).toMatchObject({ state: 'usable', availableCents: 600 });
  });

  it('is the same answer whether there is none or it is not active yet', async () => {
    const { codes: [inactive] } = await scheme.batch(1, { active: false });
    const [none, sleeping] = [await lookUp(unknownCode()), await lookUp(inactive!)];
    expect([none.status, none.body.code]).toEqual([404, 'voucher_not_found']);
    const bare = ({ body: { instance: _, ...rest } }: typeof none) => rest;
    expect(bare(sleeping)).toEqual(bare(none));
  });

  it('is malformed with a wrong character, and says nothing of what stood there', async () => {
    const { status, body } = await lookUp('ABCD-ABCD-ABCD-ABCD-A!');
    expect([status, body.errors]).toMatchObject([400, [{ path: 'code' }]]);
    expect(JSON.stringify(body)).not.toContain('ABCD');
  });
});

describe('guessing', () => {
  it('stops after thirty unknown codes of one address, of which the database knows no more than a keyed hash', async () => {
    const here = somewhere();
    const answers: number[] = [];
    for (let guess = 0; guess < 31; guess += 1) answers.push((await lookUp(unknownCode(), here)).status);
    expect(answers).toEqual([...Array.from({ length: 30 }, () => 404), 429]);
    const { codes: [code] } = await scheme.batch(1);
    const waiting = await lookUp(code!, here);
    expect([waiting.status, waiting.body.code, Number(waiting.headers.get('retry-after')) > 0]).toEqual([429, 'too_many_questions', true]);
    expect((await lookUp(code!)).status).toBe(200);
    // What another process, or this one after a restart, goes on from.
    await until('the counts are told', async () => (await scheme.app.world.inspector.query(
      `select from redemption.till_count where subject like 'address:%' and unknown >= 30`)).rowCount === 1);
    const { rows } = await scheme.app.world.inspector.query<{ text: string }>('select c::text as text from redemption.till_count c');
    expect(rows.map(({ text }) => text).join()).not.toContain('198.51.100');
  });

  it('leaves tills alone, and asks nothing where too much was asked, right or wrong', async () => {
    const here = somewhere();
    const { codes: [code] } = await scheme.batch(1);
    const answers = await Promise.all(Array.from({ length: 310 }, () => lookUp(code!, here)));
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(9);
    expect((await scheme.redeem(code!)).status).toBe(201);
  });
});

describe('a loss told with the code', () => {
  it('stops the voucher at once, says its serial, and says the same when it is told again', async () => {
    const { batchId, codes } = await scheme.batch(2);
    const told = await ask('lost-vouchers', { code: codes[1], reason: 'stolen' });
    const serial = (await serialsOf(batchId)).serialOf(1);
    expect([told.status, told.body]).toEqual([200, { serial, stoppedOn: '2026-03-10', stoppedBefore: false }]);
    expect((await scheme.redeem(codes[1]!)).body.code).toBe('voucher_stopped');
    expect((await scheme.redeem(codes[0]!)).status).toBe(201);
    expect((await ask('lost-vouchers', { code: codes[1], reason: 'lost' })).body).toMatchObject({ serial, stoppedBefore: true });
    expect((await lookUp(codes[1]!)).body).toMatchObject({ state: 'stopped', stoppedOn: '2026-03-10' });
    const stops = (await scheme.app.emitted(VoucherStoppedV1)).filter((body) => body.batchId === batchId);
    expect(stops).toEqual([{ stopId: expect.any(String), batchId, ranges: [{ first: 1, last: 1 }], reason: 'stolen' }]);
    const { rows } = await scheme.app.world.inspector.query('select stopped_by from redemption.stop where batch_id = $1', [batchId]);
    expect(rows).toEqual([{ stopped_by: 'voucher-holder' }]);
  });

  it('is too late for a used one, and finds none that there is not', async () => {
    const { codes: [code] } = await scheme.batch(1);
    await scheme.redeem(code!);
    expect((await ask('lost-vouchers', { code, reason: 'lost' })).body).toMatchObject({ code: 'voucher_used', details: { usedOn: '2026-03-10' } });
    expect((await ask('lost-vouchers', { code: unknownCode(), reason: 'lost' })).body.code).toBe('voucher_not_found');
  });

  it('goes into no log', async () => {
    const { codes: [code] } = await scheme.batch(1);
    await lookUp(code!);
    await ask('lost-vouchers', { code, reason: 'lost' });
    const written = scheme.app.logged.join('\n');
    for (const secret of [code!, code!.replaceAll('-', '')]) expect(written).not.toContain(secret);
  });

  it('costs more than a question: thirty from one address, and then no more', async () => {
    const here = somewhere();
    const { codes } = await scheme.batch(31);
    const answers: number[] = [];
    for (const code of codes) answers.push((await ask('lost-vouchers', { code, reason: 'lost' }, here)).status);
    expect(answers.filter((status) => status === 200).length).toBe(30);
    expect(answers.at(-1)).toBe(429);
  });
});

describe('a loss told with a number only', () => {
  const distributorId = uuidv7();
  const arrives = (at: string, batchId: string, count: number, occurredAt: string) => scheme.app.take(RangeReceivedV1,
    { deliveryOutcomeId: uuidv7(), deliveryId: uuidv7(), batchId, distributorId: at, first: 0, last: count - 1 }, uuidv7(), occurredAt);
  const report = (number: string) => ask('loss-reports', { number });
  const reportsOf = async (token: string) => (await scheme.app.get('loss-reports?open=true', token)).body['items'] as { reportId: string }[];

  it('is a case of whoever had it last: nothing is stopped until they say so', async () => {
    const { batchId, codes } = await scheme.batch(10, { bookletSize: 5 });
    await arrives(distributorId, batchId, 10, '2026-03-01T10:00:00.000Z');
    const serials = await serialsOf(batchId);
    const told = await report(serials.bookletNumberOf(1).toLowerCase());
    expect(told).toMatchObject({ status: 200, body: { reference: expect.stringMatching(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/) } });
    expect((await report(serials.bookletNumberOf(1))).body).toEqual(told.body);
    expect((await scheme.redeem(codes[5]!)).status).toBe(201);

    const [own, other] = [await scheme.app.distributorToken(distributorId), await scheme.app.distributorToken(uuidv7())];
    const [found] = await reportsOf(own);
    expect(found).toMatchObject({
      reference: told.body['reference'], number: serials.bookletNumberOf(1), batchId: `bat_${batchId}`, first: 5, last: 9, stopped: false, outcome: null,
    });
    expect(await reportsOf(other)).toEqual([]);
    const answer = (token: string, outcome = 'stopped', id = found!.reportId) => scheme.app.call(`loss-reports/${id}/answers`, { token, body: { outcome } });
    expect((await answer(other)).body.code).toBe('loss_report_not_found');
    expect((await answer(own, 'stopped', `lrp_${uuidv7()}`)).body.code).toBe('loss_report_not_found');
    expect(await answer(own)).toMatchObject({ status: 201, body: { outcome: 'stopped' } });
    expect((await scheme.redeem(codes[6]!)).body.code).toBe('voucher_stopped');
    expect((await scheme.redeem(codes[0]!)).status).toBe(201);
    expect(await reportsOf(own)).toEqual([]);
    expect((await answer(own, 'left')).body.code).toBe('loss_report_answered');
  });

  it('is the operator\'s where nobody is known to have had it, and may be left as it is', async () => {
    const { batchId, codes: [code] } = await scheme.batch(1);
    const told = await report((await serialsOf(batchId)).serialOf(0));
    const found = (await reportsOf(scheme.operator)).find((one) => (one as never as { reference: string }).reference === told.body['reference']);
    expect(found).toMatchObject({ distributorId: null });
    expect((await scheme.app.call(`loss-reports/${found!.reportId}/answers`, { token: scheme.operator, key: randomUUID(), body: { outcome: 'left' } })).status).toBe(201);
    expect((await scheme.redeem(code!)).status).toBe(201);
  });

  it('is not stopped by who has it no more', async () => {
    const [{ batchId }, former] = [await scheme.batch(1), uuidv7()];
    await arrives(former, batchId, 1, '2026-03-01T10:00:00.000Z');
    await report((await serialsOf(batchId)).serialOf(0));
    const token = await scheme.app.distributorToken(former);
    const [found] = await reportsOf(token);
    await arrives(uuidv7(), batchId, 1, '2026-03-03T10:00:00.000Z');
    expect((await scheme.app.call(`loss-reports/${found!.reportId}/answers`, { token, body: { outcome: 'stopped' } })).body.code).toBe('range_not_held');
  });

  it('needs a number that there is', async () => {
    const { batchId } = await scheme.batch(1);
    const serials = await serialsOf(batchId);
    expect((await report(serials.serialOf(5))).body.code).toBe('number_not_found');
    expect((await report(serials.bookletNumberOf(3))).body.code).toBe('number_not_found');
    expect((await report('ABCD')).body).toMatchObject({ code: 'request_malformed', errors: [{ path: 'number' }] });
  });
});
