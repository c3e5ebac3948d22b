// Reads an XML document as a stream and hands over its records (header, entry) whole, one at a time: memory holds one
// record, whatever the size of the file. What is not well-formed, or has a DTD, ends the reading with a value.
import type { TextDecoder } from 'node:util';
import { SaxesParser } from 'saxes';
import type { SaxesTagNS } from 'saxes';
import { isRejected } from '#libs/kernel';
import { BANK_FILE_LIMITS, bankFileProblem } from '../bank-file-problem.js';
import type { BankFileProblem } from '../bank-file-problem.js';
import { decoderFor } from './xml-encoding.js';
import type { XmlElement } from './xml-element.js';

export type RecordVisitor = {
  /** An element outside of any record begins: is it a record, to be handed over whole, or does it only hold others? */
  opened(path: readonly string[], namespace: string, line: number): 'record' | 'container' | BankFileProblem;
  record(element: XmlElement): BankFileProblem | undefined;
  closed(path: readonly string[]): BankFileProblem | undefined;
};

const CHUNK_BYTES = 65_536;
const DTD = '<!DOCTYPE';

class RecordReader {
  problem: BankFileProblem | undefined;
  readonly #parser = new SaxesParser({ xmlns: true });
  readonly #path: string[] = [];
  /** The open elements of the record that is being read, outermost first; empty outside of one. */
  readonly #open: XmlElement[] = [];
  #recordElements = 0;
  #fileElements = 0;
  #attributes = 0;
  #tail = '';

  constructor(private readonly visitor: RecordVisitor) {
    this.#parser.on('error', () => this.#stop('bank_file_malformed'));
    // Told per attribute, while the parser still gathers them: millions on one element would take minutes.
    this.#parser.on('attribute', () => this.#attribute());
    this.#parser.on('opentag', (tag) => this.problem ?? this.#opened(tag));
    this.#parser.on('closetag', () => this.problem ?? this.#closed());
    this.#parser.on('text', (text) => this.#text(text));
    this.#parser.on('cdata', (text) => this.#text(text));
  }

  /** Entities declared in a DTD are what bombs are made of, and no bank's message has one: refused before parsing. */
  write(text: string): void {
    if ((this.#tail + text).includes(DTD)) return this.#stop('bank_file_has_dtd');
    this.#tail = text.slice(-DTD.length);
    this.#parser.write(text);
  }

  close(): void {
    this.#parser.close();
  }

  #opened(tag: SaxesTagNS): void {
    this.#path.push(tag.local);
    this.#attributes = 0;
    this.#fileElements += 1;
    const { depthMax, elementsPerFileMax, elementsPerRecordMax } = BANK_FILE_LIMITS;
    const endless = this.#path.length > depthMax || this.#fileElements > elementsPerFileMax;
    if (endless) return this.#stop('bank_file_too_complex');
    if (this.#open.length === 0) {
      const seen = this.visitor.opened(this.#path, tag.uri, this.#parser.line);
      if (isRejected(seen)) {
        this.problem ??= seen;
        throw new Stopped();
      }
      if (seen === 'container') return;
      this.#recordElements = 0;
    }
    this.#recordElements += 1;
    if (this.#recordElements > elementsPerRecordMax) return this.#stop('bank_file_too_complex');
    const element: XmlElement = {
      name: tag.local, line: this.#parser.line, text: '', children: [], attributes: attributesOf(tag),
    };
    this.#open.at(-1)?.children.push(element);
    this.#open.push(element);
  }

  #closed(): void {
    const element = this.#open.pop();
    if (element) element.text = element.text.trim();
    if (element && this.#open.length === 0) this.problem ??= this.visitor.record(element);
    else if (!element) this.problem ??= this.visitor.closed(this.#path);
    this.#path.pop();
  }

  #attribute(): void {
    this.#attributes += 1;
    if (this.#attributes > BANK_FILE_LIMITS.attributesMax) this.#stop('bank_file_too_complex');
  }

  #text(text: string): void {
    const element = this.#open.at(-1);
    // Blanks between elements are layout, and in a large batch there are many.
    if (!element || this.problem || text.trim() === '') return;
    if (element.text.length + text.length > BANK_FILE_LIMITS.textMax) return this.#stop('bank_file_too_complex');
    element.text += text;
  }

  /** Ends the parser too, from inside of it: what it would still do with the rest of a chunk can take a minute. */
  #stop(code: BankFileProblem['code']): never {
    this.problem ??= bankFileProblem(code, { line: this.#parser.line });
    throw new Stopped();
  }
}

class Stopped extends Error {}

const NO_ATTRIBUTES: Readonly<Record<string, string>> = {};

function attributesOf(tag: SaxesTagNS): Readonly<Record<string, string>> {
  const names = Object.keys(tag.attributes);
  if (names.length === 0) return NO_ATTRIBUTES;
  return Object.fromEntries(names.map((name) => [name, tag.attributes[name]?.value ?? '']));
}

/** Undefined when the whole document was read. */
export function readRecords(bytes: Uint8Array, visitor: RecordVisitor): BankFileProblem | undefined {
  if (bytes.length > BANK_FILE_LIMITS.bytesMax) {
    return bankFileProblem('bank_file_too_large', { bytes: bytes.length, bytesMax: BANK_FILE_LIMITS.bytesMax });
  }
  const decoder = decoderFor(bytes);
  if (isRejected(decoder)) return decoder;
  const reader = new RecordReader(visitor);
  for (let start = 0; start < bytes.length && !reader.problem; start += CHUNK_BYTES) {
    const text = decoded(decoder, bytes.subarray(start, start + CHUNK_BYTES), start + CHUNK_BYTES >= bytes.length);
    if (text === undefined) return bankFileProblem('bank_file_encoding_wrong', { encoding: decoder.encoding });
    unlessStopped(() => reader.write(text));
  }
  if (!reader.problem) unlessStopped(() => reader.close());
  return reader.problem;
}

function unlessStopped(read: () => void): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  }
}

function decoded(decoder: TextDecoder, chunk: Uint8Array, last: boolean): string | undefined {
  try {
    return decoder.decode(chunk, { stream: !last });
  } catch {
    // A byte that the declared encoding does not have: guessing another one would change names and references.
    return undefined;
  }
}
