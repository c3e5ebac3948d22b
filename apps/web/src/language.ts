// French unless asked otherwise: by the address (`?lang=en`), by the choice made before, by the browser, in that order.
export const LANGUAGES = ['fr', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Both wordings stand side by side where they are used, so that one is not changed without the other. */
export type Say = (french: string, english: string) => string;
export const sayIn = (language: Language): Say => (french, english) => (language === 'fr' ? french : english);

const known = (text: string | undefined): Language | undefined => LANGUAGES.find((language) => language === text);

export function chooseLanguage(asked: string | undefined, kept: string | undefined, accepted: string | undefined): Language {
  return known(asked) ?? known(kept) ?? preferred(accepted ?? '') ?? 'fr';
}

/** The first of ours in an Accept-Language header by its weights; `*` is no wish. */
function preferred(header: string): Language | undefined {
  const wishes = header.slice(0, 500).split(',').map((wish) => {
    const [tag = '', ...parameters] = wish.trim().split(';');
    const weight = Number(/^\s*q=([\d.]+)$/.exec(parameters.join(';'))?.[1] ?? 1);
    return { language: known(tag.slice(0, 2).toLowerCase()), weight: Number.isNaN(weight) ? 0 : weight };
  });
  return wishes.filter(({ language, weight }) => language && weight > 0).sort((a, b) => b.weight - a.weight)[0]?.language;
}
