import { describe, expect, it } from '@jest/globals';
import { csvLine, type CsvValue } from './csv-line.js';

describe('a line of a CSV', () => {
  it.each<[string, CsvValue, string]>([
    ['text as it is', 'Médiathèque', 'Médiathèque'],
    ['a number, also below zero', -5, '-5'],
    ['a number of any size', -9_007_199_254_740_993n, '-9007199254740993'],
    ['nothing', null, ''],
    ['a formula', '=1+1', `'=1+1`],
    ['a call', '=HYPERLINK("http://x";"y")', `"'=HYPERLINK(""http://x"";""y"")"`],
    ['a sum', '+33467714850', `'+33467714850`],
    ['an amount below zero, as text', '-0,05', '-0,05'],
    ['text with a dash in front', '-1+1', `'-1+1`],
    ['a function of old', '@SUM(A1)', `'@SUM(A1)`],
    ['a formula behind a tab', '\t=1', `'\t=1`],
    ['a formula behind a line end', '\n=1', `"'\n=1"`],
    ['the delimiter', 'a;b', '"a;b"'],
    ['a quote', 'dit "le pont"', '"dit ""le pont"""'],
    ['a sign that is not in front', 'a=b', 'a=b'],
  ])('has %s', (_, value, cell) => {
    expect(csvLine([value, 'x'], ';')).toBe(`${cell};x\r\n`);
  });

  it('quotes its own delimiter only', () => {
    expect(csvLine(['a;b', 'a,b'], ',')).toBe('a;b,"a,b"\r\n');
  });
});
