// What the columns of a table are called, and which of them say something that rows do not give.
import { cleanText, columnName } from './clean-text.js';
import { NAMES_MAX } from './limits.js';

export class Columns {
  private readonly written = new Map<string, string>();
  private readonly lossy = new Set<string>();
  private readonly nameless = new Set<number>();

  /** By clean name in the order of the file; of two that are written differently the first writing. */
  get headers(): ReadonlyMap<string, string> {
    return this.written;
  }

  get lost(): ReadonlySet<string> {
    return this.lossy;
  }

  /** How many columns hold something and have no name that could be said. */
  get unnamed(): number {
    return this.nameless.size;
  }

  /** The clean name of what the file writes; empty for a column without one, and for each after the most that there may be. */
  see(header: string): string {
    const name = columnName(header);
    if (name === '' || this.written.has(name)) return name;
    // Of a JSON list each entry may bring names of its own.
    if (this.written.size >= NAMES_MAX) return '';
    this.written.set(name, cleanText(header));
    return name;
  }

  /** A cell under no name, by the place of its column. */
  pass(at: number): void {
    this.nameless.add(at);
  }

  /** A second column of this name says something else than the first, which counts. */
  lose(name: string): void {
    this.lossy.add(name);
  }
}
