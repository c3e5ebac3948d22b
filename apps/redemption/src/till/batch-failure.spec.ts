import { describe, expect, it } from '@jest/globals';
import { TILL_ATTEMPTS_MAX } from '../limits.js';
import { nextStep, type Failure, type NextStep } from './batch-failure.js';

const failure: Failure = { error: { code: '40P01' }, phase: 'write', connectionLost: false, attempt: 1, count: 20 };
const last = TILL_ATTEMPTS_MAX;

describe('a failed batch', () => {
  it.each<[string, Partial<Failure>, NextStep]>([
    ['repeats after a deadlock', {}, 'repeat'],
    ['repeats when a rival took one of its keys', { error: { code: '23505' } }, 'repeat'],
    ['goes one by one when it keeps meeting a rival', { attempt: last }, 'one-by-one'],
    ['asks the till to come again when even one item keeps meeting a rival', { attempt: last, count: 1 }, 'unavailable'],
    ['repeats on a new connection when nothing had been written yet', { phase: 'load', connectionLost: true }, 'repeat'],
    ['does so no more often than that', { phase: 'load', connectionLost: true, attempt: last }, 'unavailable'],
    ['does not know its outcome when the connection is lost in the write', { connectionLost: true, error: new Error('Connection terminated') }, 'unavailable'],
    ['believes the lost connection before the error', { connectionLost: true, error: { code: '23505' } }, 'unavailable'],
    ['does not wait for a server that is away', { phase: 'connect', connectionLost: true }, 'unavailable'],
    ['asks the till to come again when a lock was not had in time', { error: { code: '55P03' } }, 'unavailable'],
    ['asks the till to come again when a statement took too long', { error: { code: '57014' } }, 'unavailable'],
    ['looks for the item that is at fault', { error: { code: '23514' } }, 'one-by-one'],
    ['fails when that item stands alone', { error: { code: '23514' }, count: 1 }, 'fault'],
    ['fails on a bug of ours', { error: new TypeError('x'), phase: 'load', count: 1 }, 'fault'],
  ])('%s', (_, other, step) => expect(nextStep({ ...failure, ...other })).toBe(step));
});
