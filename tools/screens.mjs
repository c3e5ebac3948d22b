// npm run screens: pictures of every page, in the folder screens/, from a platform of their own with the world of the demo.
// `npm run screens -- voucher` takes those of the pages whose name has that word.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './root.mjs';

const [word = ''] = process.argv.slice(2);
const child = spawn(process.execPath, [join(ROOT, 'tools', 'test.mjs'), 'browser', 'test/browser/screens'], {
  cwd: ROOT, stdio: 'inherit', env: { ...process.env, MEREAU_SCREENS: join(ROOT, 'screens'), MEREAU_SCREENS_OF: word },
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.once('exit', (code) => { process.exitCode = code ?? 1; });
