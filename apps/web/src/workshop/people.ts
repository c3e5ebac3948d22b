// The list of a workshop as its text: a voucher a line, and whose they are.
export const linesOf = (codes: string): string[] => codes.split(/[\r\n]+/).map((line) => line.trim()).filter((line) => line !== '');

/** The vouchers of one person, in the order of the list. */
export type Person = readonly string[];

/** A line that begins with `+` is one more voucher of the person above. One with nobody above is left for redemption to refuse. */
export function peopleOf(codes: string): Person[] {
  const people: string[][] = [];
  for (const line of linesOf(codes)) {
    const person = line.startsWith('+') ? people.at(-1) : undefined;
    if (person) person.push(line.slice(1).trim());
    else people.push([line]);
  }
  return people;
}

/** Which line of the text holds this voucher of this person; counted from 1. */
export const lineNumberOf = (people: readonly Person[], person: number, voucher: number): number =>
  people.slice(0, person).reduce((count, { length }) => count + length, 0) + voucher + 1;
