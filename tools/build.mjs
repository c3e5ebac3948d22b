// Builds what changed since the last build: a Prisma client per service from its schema.prisma, and JavaScript in dist/
// from every TypeScript file that is no test. swc does not check types; `npm run check` does.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNode, seconds } from './commands.mjs';
import { ROOT } from './root.mjs';
import { StartupFault } from './startup-fault.mjs';

const DIST = join(ROOT, 'dist');
const GENERATED = join(ROOT, 'prisma', 'generated');
const MANIFEST = join(DIST, '.manifest.json');
const SOURCES = ['apps', 'libs', 'prisma/generated'];
const NOT_COPIED = new Set(['.md', '.map', '.tsbuildinfo']);
const LANES = 8;

const hashOf = (...texts) => createHash('sha256').update(texts.join('\0')).digest('hex');
const versionOf = (name) => JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8')).version;

/** @returns {Promise<string[]>} the services whose client was made anew. */
export async function generateClients() {
  const home = join(ROOT, 'prisma');
  const services = readdirSync(home).filter((name) => existsSync(join(home, name, 'schema.prisma')));
  const prisma = `${versionOf('prisma')} ${versionOf('@prisma/client')}`;
  const stale = services.map((service) => {
    const hash = hashOf(prisma, readFileSync(join(home, service, 'schema.prisma'), 'utf8'));
    return { service, hash, stamp: join(GENERATED, service, '.schema-hash') };
  }).filter(({ hash, stamp }) => !existsSync(stamp) || readFileSync(stamp, 'utf8') !== hash);
  await Promise.all(stale.map(generateClient));
  return stale.map(({ service }) => service);
}

async function generateClient({ service, hash, stamp }) {
  const { code, output } = await runNode('node_modules/prisma/build/index.js', ['generate', '--schema', `prisma/${service}/schema.prisma`], {
    env: {
      // Generating needs no engine, but the command would download one. Any file that exists is believed to be it;
      // never use this for `prisma migrate`, which would then do nothing and report success.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1',
    },
  });
  if (code !== 0) throw new StartupFault(`prisma generate failed for ${service}:\n${output.trim()}`);
  writeFileSync(stamp, hash);
}

/** Every file under the sources that belongs in dist/: TypeScript is compiled, the rest (pages, styles) is copied. */
function findSources() {
  const files = [];
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      if (entry.isDirectory()) walk(path);
      else if (!/\.(spec|d)\.ts$/.test(entry.name) && !NOT_COPIED.has(extname(entry.name))) files.push(relative(ROOT, path));
    }
  };
  for (const folder of SOURCES) if (existsSync(join(ROOT, folder))) walk(join(ROOT, folder));
  return files;
}

const outputOf = (file) => join(DIST, file.replace(/\.ts$/, '.js'));

function readManifest(key) {
  if (!existsSync(MANIFEST)) return {};
  const { key: found, files } = JSON.parse(readFileSync(MANIFEST, 'utf8'));
  return found === key ? files : {};
}

/** Changes when any source that belongs in dist/, or any schema, changes. */
export function fingerprint() {
  const schemas = readdirSync(join(ROOT, 'prisma')).map((name) => join('prisma', name, 'schema.prisma'))
    .filter((file) => existsSync(join(ROOT, file)));
  return hashOf(...[...findSources(), ...schemas].map((file) => `${file} ${statSync(join(ROOT, file)).mtimeMs}`));
}

/** @returns {Promise<{ compiled: number, total: number }>} */
export async function compile() {
  const tools = [join(ROOT, '.swcrc'), fileURLToPath(import.meta.url)].map((path) => readFileSync(path, 'utf8'));
  const key = hashOf(versionOf('@swc/core'), ...tools);
  const before = readManifest(key);
  const after = {};
  const changed = [];
  for (const file of findSources()) {
    const { mtimeMs, size } = statSync(join(ROOT, file));
    after[file] = `${mtimeMs} ${size}`;
    if (before[file] !== after[file] || !existsSync(outputOf(file))) changed.push(file);
  }
  const gone = existsSync(MANIFEST) ? Object.keys(JSON.parse(readFileSync(MANIFEST, 'utf8')).files).filter((file) => !(file in after)) : [];
  for (const file of gone) for (const path of [outputOf(file), `${outputOf(file)}.map`]) rmSync(path, { force: true });
  if (changed.length) await compileFiles(changed);
  if (changed.length || gone.length) replaceFile(MANIFEST, JSON.stringify({ key, files: after }));
  return { compiled: changed.length, total: Object.keys(after).length };
}

async function compileFiles(files) {
  const swc = createRequire(import.meta.url)('@swc/core');
  const queue = [...files];
  const problems = [];
  const lane = async () => {
    for (let file = queue.shift(); file; file = queue.shift()) {
      await compileFile(swc, file).catch((error) => problems.push(`${file}: ${error.message}`));
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  if (problems.length) throw new StartupFault(`the build failed:\n${problems.join('\n')}`);
}

async function compileFile(swc, file) {
  const output = outputOf(file);
  mkdirSync(dirname(output), { recursive: true });
  const source = join(ROOT, file);
  if (!file.endsWith('.ts')) return replaceFile(output, readFileSync(source));
  const sourceFileName = relative(dirname(output), source).split(sep).join('/');
  const { code, map } = await swc.transformFile(source, { cwd: ROOT, configFile: join(ROOT, '.swcrc'), sourceMaps: true, sourceFileName });
  const name = `${output.slice(dirname(output).length + 1)}.map`;
  replaceFile(`${output}.map`, map);
  replaceFile(output, `${code}//# sourceMappingURL=${name}\n`);
}

/** Whole or not at all: another process may be starting from dist/ at this moment. */
function replaceFile(path, content) {
  mkdirSync(dirname(path), { recursive: true });
  const fresh = `${path}.${process.pid}.new`;
  writeFileSync(fresh, content);
  renameSync(fresh, path);
}

export async function build(log = console.log) {
  const began = performance.now();
  const clients = await generateClients();
  if (clients.length) log(`generated the database clients of ${clients.join(', ')} (${seconds(began)})`);
  const compiling = performance.now();
  const { compiled, total } = await compile();
  if (compiled) log(`compiled ${compiled} of ${total} files (${seconds(compiling)})`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await build();
  } catch (error) {
    console.error(error.name === 'StartupFault' ? error.message : error);
    process.exitCode = 1;
  }
}
