// What was checked, in the order in which it is told, and the first line at which each is wrong.

export type Check = Readonly<{ name: string; isRight: boolean; detail: string }>;
export type Wrong = Readonly<{ line: number; check: string; reason: string }>;

export class Checks<Name extends string> {
  private readonly found = new Map<Name, Wrong>();

  constructor(private readonly names: readonly Name[]) {}

  /** Only the first of each is kept: what follows from it would hide it. */
  wrong(check: Name, line: number, reason: string): void {
    if (!this.found.has(check)) this.found.set(check, { line, check, reason });
  }

  isRight(name: Name): boolean {
    return !this.found.has(name);
  }

  /** `details` is what to say of a check that is right. */
  list(details: Readonly<Record<Name, string>>): Check[] {
    return this.names.map((name) => {
      const wrong = this.found.get(name);
      return { name, isRight: !wrong, detail: wrong ? `line ${wrong.line}: ${wrong.reason}` : details[name] };
    });
  }

  firstWrong(): Wrong | null {
    return [...this.found.values()].sort((a, b) => a.line - b.line)[0] ?? null;
  }
}
