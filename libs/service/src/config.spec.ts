import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { readProgramSettings, readSettings } from './config.js';

describe('the settings of a program', () => {
  it('are made for a laptop when nothing is set', () => {
    expect(readProgramSettings({})).toEqual({
      environment: 'development', host: '127.0.0.1', port: 3000, logLevel: 'info', logFormat: 'lines', trustProxy: false, dataDir: '.mereau',
    });
  });

  it('count an empty value as absent, as compose files write it', () => {
    expect(readProgramSettings({ PORT: '', DATABASE_URL: '', REDIS_URL: 'redis://cache' })).toMatchObject({ port: 3000, redisUrl: 'redis://cache' });
    expect(readProgramSettings({ DATABASE_URL: '' })).not.toHaveProperty('databaseUrl');
  });

  it('log for machines in production', () => {
    expect(readProgramSettings({ MEREAU_ENV: 'production' }).logFormat).toBe('json');
    expect(readProgramSettings({ MEREAU_ENV: 'production', LOG_FORMAT: 'lines' }).logFormat).toBe('lines');
  });

  it('are told wrong all at once, in one line, without their values', () => {
    const wrong = () => readProgramSettings({ PORT: '70000', LOG_LEVEL: 'loud', MEREAU_TRUST_PROXY: 'hunter2!' });
    expect(wrong).toThrow(/^wrong settings: .*LOG_LEVEL.*; PORT: .*; MEREAU_TRUST_PROXY: [^\n]*$|^wrong settings: .*PORT: .*; LOG_LEVEL: .*; MEREAU_TRUST_PROXY: [^\n]*$/);
    expect(wrong).not.toThrow(/hunter2|70000|loud/);
    expect(wrong).toThrow(expect.objectContaining({ name: 'StartupFault' }));
  });

  it.each(['0x50', '1e3', ' 80', '-1', '65536', '80.5'])('refuse %s as a port', (PORT) => {
    expect(() => readProgramSettings({ PORT })).toThrow('a port is a number from 0 to 65535');
  });

  it('can be read by a schema of one\'s own', () => {
    expect(readSettings(z.object({ A: z.coerce.number() }), { A: '7', B: 'x' })).toEqual({ A: 7 });
  });
});
