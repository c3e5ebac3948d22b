// The scripts of the till as the browser gets them: each module by itself, as it was compiled, without a bundler.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

export type TillFile = Readonly<{ type: string; content: string | Buffer }>;

const MODULES = [
  'till', 'ask', 'bytes', 'camera', 'captures', 'code-field', 'device-key', 'enrol', 'form-body', 'network', 'queue', 'queue-view', 'seal', 'session', 'session-note', 'sounds', 'storage',
  'submit', 'uuid-v7', 'voucher-code', 'words', 'workshop-list', 'qr-worker',
] as const;
const WORKER = 'till-worker';
const SCRIPT = 'text/javascript; charset=utf-8';
/** Loaded when somebody opens a camera that the browser cannot read by itself, and not kept before. */
const ZXING = [
  ['zxing/ponyfill.js', 'barcode-detector/ponyfill', '', SCRIPT],
  ['zxing/zxing-exported.js', 'barcode-detector/ponyfill', 'zxing-exported.js', SCRIPT],
  ['zxing/zxing_reader.wasm', 'zxing-wasm/reader/zxing_reader.wasm', '', 'application/wasm'],
] as const;

// The program runs from dist/, where the scripts stand compiled beside it. A test runs from the sources, after the build.
const COMPILED = import.meta.url.replace(/(?<!\/dist)\/apps\/web\/src\/till\/.*$/, '/dist/apps/web/src/till/');

const script = (name: string): string =>
  readFileSync(new URL(`browser/${name}.js`, COMPILED), 'utf8').replace(/\n\/\/# sourceMappingURL=.*\n?$/, '\n');

/** The longest is ZXing's WebAssembly with 0.9 MB. */
function readTillFiles(): ReadonlyMap<string, TillFile> {
  const { resolve } = createRequire(import.meta.url);
  const modules = MODULES.map((name): [string, TillFile] => [`${name}.js`, { type: SCRIPT, content: script(name) }]);
  const zxing = ZXING.map(([path, module, file, type]): [string, TillFile] => {
    // The commonjs build stands beside the one that browsers take.
    const found = resolve(module).replace(/\/dist\/cjs\/[^/]+$/, file ? `/dist/es/${file}` : '/dist/es/ponyfill.js');
    return [path, { type, content: readFileSync(found) }];
  });
  return new Map([...modules, ...zxing]);
}

/** Read once, when the program starts. */
export const TILL_FILES = readTillFiles();
const hash = [...TILL_FILES.values()].reduce((sum, { content }) => sum.update(content), createHash('sha256')).digest('hex');

/** Stands in the address of each file, so that a browser never mixes modules of two versions, and asks for none of them twice. */
export const TILL_VERSION = hash.slice(0, 16);

/** With the version in it, so that a browser notices when any file of the till has changed, and keeps all of them anew. */
export const TILL_WORKER = `// ${TILL_VERSION}\n${script(WORKER)}`;

/** What works without a network; of the camera only what the browser brings. */
export const KEPT_FILES: readonly string[] = [
  '/assets/mereau.css', '/assets/mark.svg', '/assets/manifest.webmanifest', ...MODULES.map((name) => `/assets/till/${TILL_VERSION}/${name}.js`),
];
