import { describe, expect, it } from '@jest/globals';
import { createLogs, NestLogs } from './logs.js';

const IBAN = 'FR7630006000011234567890189';
const CODE = '7H2K-9QWX-M4TB-Z8RD-5A';

/** Everything that would have gone to stdout. */
function collected(logFormat: 'json' | 'lines') {
  const lines: string[] = [];
  const logs = createLogs({ logLevel: 'trace', logFormat }, 'redemption', { write: (line: string) => { lines.push(line); } });
  return { logs, text: () => lines.join('') };
}

describe.each(['json', 'lines'] as const)('a log in %s', (format) => {
  it('holds no IBAN and no code, wherever they came in', () => {
    const { logs, text } = collected(format);
    logs.info({ note: { deep: { list: [`account ${IBAN}`, CODE] } } }, `paid ${IBAN}`);
    logs.error({ err: new Error(`no voucher ${CODE}`, { cause: new Error(IBAN) }) }, 'failed');
    logs.child({ place: CODE }).warn({ [IBAN]: 1 }, CODE.replaceAll('-', ''));
    logs.info(`%s`, IBAN);
    const written = text();
    expect(written).not.toContain(IBAN);
    expect(written).not.toContain(CODE);
    expect(written).not.toContain(CODE.replaceAll('-', ''));
    expect(written.match(/\[iban\]/g)?.length).toBeGreaterThanOrEqual(4);
    expect(written.match(/\[code\]/g)?.length).toBeGreaterThanOrEqual(4);
  });

  it('redacts secret fields at the top and further down', () => {
    const { logs, text } = collected(format);
    logs.info({ password: 'abc1', user: { token: 'abc2', more: { secret: 'abc3' } }, req: { headers: { authorization: 'abc4' } } }, 'in');
    expect(text()).not.toMatch(/abc\d/);
  });

  it('carries Nest\'s messages with their context, and its errors with their stack', () => {
    const { logs, text } = collected(format);
    const nest = new NestLogs(logs);
    nest.log('Mapped {/v1/places, GET} route', 'RouterExplorer');
    nest.error(new Error('went wrong'), 'Relay');
    nest.error('went wrong too', 'Error: went wrong too\n    at here', 'Relay');
    nest.warn({ receiver: 'settlement' }, 'Relay');
    const written = text();
    for (const part of ['RouterExplorer', 'Mapped {/v1/places, GET} route', 'went wrong', 'logs.spec', 'at here', 'settlement', 'Relay']) {
      expect(written).toContain(part);
    }
  });
});

describe('a log in lines', () => {
  it('reads as time, level, where, what', () => {
    const { logs, text } = collected('lines');
    logs.warn({ context: 'relay', receiver: 'settlement' }, 'slow');
    expect(text()).toMatch(/^\d\d:\d\d:\d\d warn {2}relay slow \{"receiver":"settlement"\}\n$/);
  });
});
