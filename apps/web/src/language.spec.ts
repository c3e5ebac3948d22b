import { describe, expect, it } from '@jest/globals';
import { chooseLanguage } from './language.js';

describe('the language of a page', () => {
  it.each<[string, string | undefined, string | undefined, string | undefined, string]>([
    ['French without any wish', undefined, undefined, undefined, 'fr'],
    ['what the address asks', 'en', 'fr', 'fr', 'en'],
    ['what was chosen before', undefined, 'en', 'fr', 'en'],
    ['what the browser prefers', undefined, undefined, 'en-GB,en;q=0.9,fr;q=0.8', 'en'],
    ['the better of two by weight, whatever the order', undefined, undefined, 'en;q=0.3, fr-FR;q=0.8', 'fr'],
    ['ours among others', undefined, undefined, 'de-DE,de;q=0.9,en;q=0.1', 'en'],
    ['French for somebody who has neither', undefined, undefined, 'de,*;q=0.5', 'fr'],
    ['not what is refused', undefined, undefined, 'en;q=0, de', 'fr'],
    ['French for nonsense', 'xx', '<script>', ';;;q=,,=', 'fr'],
  ])('is %s', (_, asked, kept, accepted, language) => {
    expect(chooseLanguage(asked, kept, accepted)).toBe(language);
  });
});
