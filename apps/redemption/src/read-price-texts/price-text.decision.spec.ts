import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { PRICE_OUTCOMES, readPriceText, reportOf } from './price-text.decision.js';

const read = (text: string) => readPriceText(text).statements
  .map(({ kind, min, max, unit }) => [kind, ...(min === null ? [] : [Number(min)]), ...(max === min ? [] : [Number(max)]), ...(unit ? [unit] : [])].join(' '));

describe('a price text', () => {
  it.each<[string, string[], string]>([
    ['Gratuit', ['free'], 'understood'],
    ['Gratuit pour les habitants', ['free'], 'understood'],
    ['Les ateliers sont gratuits.', ['free'], 'understood'],
    ['0 €', ['price 0'], 'understood'],
    ['10 € l\'heure', ['price 1000 hour'], 'understood'],
    ['10€/h', ['price 1000 hour'], 'understood'],
    ['0,50 € par 1/2 heure', ['price 50 half_hour'], 'understood'],
    ['1 200 € la formation', ['price 120000 course'], 'understood'],
    ['1200€ TTC', ['price 120000'], 'understood'],
    ['21Euro30 par heure', ['price 2130 hour'], 'understood'],
    ['De 35€ à 50€', ['price 3500 5000'], 'understood'],
    ['40 à 50 euros la séance', ['price 4000 5000 session'], 'understood'],
    ['Adhésion : entre 7 et 45 €', ['membership 700 4500'], 'understood'],
    ['Adhésion 15 €/an', ['membership 1500 year'], 'understood'],
    ['Adhesion a l\'annee 10 Euro puis l\'atelier est gratuit', ['membership 1000 year', 'free'], 'understood'],
    ['Adhésion de 12 €, 3 € par atelier', ['membership 1200', 'price 300 session'], 'understood'],
    ['20 euros/an habitants\n35 euros/an autres', ['price 2000 year', 'price 3500 year'], 'understood'],
    ['Impression 0.15€/feuille ; atelier 2 €', ['price 15 page', 'price 200 session'], 'understood'],
    ['Atelier 5 €. Tarifs sur demande pour les groupes', ['price 500 session'], 'understood_in_part'],
    ['Atelier 5 € (0.10cts la copie)', ['price 500 session'], 'understood_in_part'],
    ['Payant', ['paid'], 'understood_in_part'],
    ['Se renseigner', [], 'not_understood'],
    ['', [], 'not_understood'],
    ['61 activités pour 3600 pratiquants, du 4 juillet au 28 août 2022', [], 'not_understood'],
    ['Nous utilisons des logiciels gratuits', [], 'not_understood'],
    ['Un budget de 250 000 €', [], 'not_understood'],
    ['De 50 € à 35 €', [], 'not_understood'],
  ])('"%s" says %j', (text, statements, outcome) => {
    expect([read(text), readPriceText(text).outcome]).toEqual([statements, outcome]);
  });

  it('keeps what is before tax apart, and the words of each amount', () => {
    expect(readPriceText('Bureau à 170€HT par mois. Café offert').statements)
      .toEqual([expect.objectContaining({ beforeTax: true, unit: 'month', words: 'Bureau à 170€HT par mois' })]);
  });

  it('is read in no time, however it goes on', () => {
    for (const part of ['1 ', '1,', '10 € à ', '<', 'a-', 'gratuit ', '1 000 ']) expect(PRICE_OUTCOMES).toContain(readPriceText(part.repeat(1_000)).outcome);
  });
});

const FILE = resolve(process.env['MEREAU_SAMPLE_DATA'] ?? '../shared/data', 'prix', 'textes-tarifs-reels-107.csv');
const here = existsSync(FILE);

describe('texts of real places', () => {
  (here ? it : it.skip)(`are mostly read, and none of them as more than it says${here ? '' : ' (skipped: no sample data)'}`, () => {
    const texts = parse<{ texte: string }>(readFileSync(FILE), { columns: true }).map(({ texte }) => texte);
    const readings = texts.map(readPriceText);
    const report = reportOf(readings);
    expect([texts.length, report.understood + report.understood_in_part + report.not_understood]).toEqual([107, 107]);
    expect(report.understood + report.understood_in_part).toBeGreaterThan(70);
    for (const { min, max } of readings.flatMap(({ statements }) => statements)) expect(min === null || min <= max!).toBe(true);
  });
});
