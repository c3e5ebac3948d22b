/** The beginning of a text, never with half a character at its end: the database takes none. */
export const cutText = (text: string, lengthMax: number): string => text.slice(0, lengthMax).replace(/[\ud800-\udbff]$/, '');
