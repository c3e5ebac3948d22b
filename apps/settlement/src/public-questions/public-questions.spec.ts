import { describe, expect, it } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import { PUBLIC_QUESTIONS_MAX } from '../limits.js';
import { PublicQuestions } from './public-questions.js';

const from = (ip: string, forwarded?: string) => ({ ip, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } }) as FastifyRequest;
const ask = (questions: PublicQuestions, request: FastifyRequest, times: number): void => {
  for (let time = 0; time < times; time += 1) questions.count(request);
};
const TOO_MUCH = expect.objectContaining({ code: 'too_many_requests', details: { retryAfterSeconds: expect.any(Number) } });

describe('questions without an account', () => {
  it('are so many a minute of one address, and of another as many', () => {
    const questions = new PublicQuestions();
    ask(questions, from('203.0.113.7'), PUBLIC_QUESTIONS_MAX);
    expect(() => questions.count(from('203.0.113.7'))).toThrow(TOO_MUCH);
    expect(() => questions.count(from('203.0.113.8'))).not.toThrow();
  });

  it('are those of a household, whatever its devices call themselves', () => {
    const questions = new PublicQuestions();
    ask(questions, from('2001:db8:1:200::1'), PUBLIC_QUESTIONS_MAX);
    expect(() => questions.count(from('2001:db8:1:2ff:ffff::9'))).toThrow(TOO_MUCH);
    expect(() => questions.count(from('2001:db8:1:300::1'))).not.toThrow();
  });

  it('are those of whom our own pages ask for, and of nobody else who says for whom', () => {
    const questions = new PublicQuestions();
    ask(questions, from('127.0.0.1', '203.0.113.7'), PUBLIC_QUESTIONS_MAX);
    expect(() => questions.count(from('203.0.113.7'))).toThrow(TOO_MUCH);
    expect(() => questions.count(from('127.0.0.1', '203.0.113.9'))).not.toThrow();
    expect(() => questions.count(from('198.51.100.1', '203.0.113.7'))).not.toThrow();
  });
});
