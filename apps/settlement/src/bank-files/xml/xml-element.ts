/** A part of a document that was read whole; names are without prefix. */
export type XmlElement = {
  readonly name: string;
  readonly line: number;
  /** Of this element alone, without blanks at its ends. */
  text: string;
  readonly children: XmlElement[];
  readonly attributes: Readonly<Record<string, string>>;
};

export const child = (parent: XmlElement | undefined, name: string): XmlElement | undefined =>
  parent?.children.find((element) => element.name === name);

export const childrenOf = (parent: XmlElement | undefined, name: string): XmlElement[] =>
  parent?.children.filter((element) => element.name === name) ?? [];

/** The first element down a path of names. */
export function at(start: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  let element = start;
  for (const name of path) element = child(element, name);
  return element;
}

/** The text down a path; undefined when it is missing or blank. */
export const textAt = (start: XmlElement | undefined, ...path: readonly string[]): string | undefined =>
  at(start, ...path)?.text || undefined;
