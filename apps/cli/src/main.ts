import { startupMessage } from '#libs/service';

/** Resolves with the exit code. */
type Command = (args: readonly string[]) => Promise<number>;
type Entry = Readonly<{ does: string; load: () => Promise<Command> }>;

/** Each is loaded only when it is called: `help` must not wait for a database client. */
const COMMANDS: Readonly<Record<string, Entry>> = {
  start: { does: 'start everything in one process (what npm start does)', load: async () => (await import('./start/start.command.js')).start },
  demo: { does: 'play the life of a voucher on a database of its own', load: async () => (await import('./demo/demo.command.js')).demoCommand },
  inspect: { does: 'check every invariant of the running database', load: async () => (await import('./inspect/inspect.command.js')).inspectCommand },
  'dead-letters': { does: 'list and replay messages that could not be handled', load: async () => (await import('./dead-letters/dead-letters.command.js')).deadLettersCommand },
  chaos: { does: 'run every service while killing them, and see that nothing is lost', load: async () => (await import('./chaos/chaos.command.js')).chaosCommand },
  simulate: { does: 'play commands and a bad transport from a seed, against a model', load: async () => (await import('./simulate/simulate.command.js')).simulateCommand },
  verify: { does: 'verify an export of the audit log, with no database', load: async () => (await import('./verify/verify.command.js')).verifyCommand },
  bench: { does: 'measure the hot paths against a reference in the same run', load: async () => (await import('./bench/bench.command.js')).benchCommand },
  backup: { does: 'keep everything of the running platform in a new folder', load: async () => (await import('./backup/backup.command.js')).backupCommand },
  restore: { does: 'put a backup into an empty installation', load: async () => (await import('./backup/restore.command.js')).restoreCommand },
  'receiving-key': { does: 'write the key that another installation is ceded to', load: async () => (await import('./cession/receiving-key.command.js')).receivingKeyCommand },
  cede: { does: 'close this installation and write everything for another operator', load: async () => (await import('./cession/cede.command.js')).cedeCommand },
  'release-cession': { does: 'let the other operator go on, for good', load: async () => (await import('./cession/let-go.command.js')).releaseCommand },
  reclaim: { does: 'open an installation again that was ceded and not released', load: async () => (await import('./cession/let-go.command.js')).reclaimCommand },
  'take-over': { does: 'check what another operator ceded, and go on with it', load: async () => (await import('./cession/take-over.command.js')).takeOverCommand },
  'accounting-export': { does: 'write a year of postings as a French accounting file (FEC)', load: async () => (await import('./accounting-export/accounting-export.command.js')).accountingExportCommand },
  code: { does: 'show the code of a second factor of somebody whom the first start made', load: async () => (await import('./seed/code.command.js')).codeCommand },
  migrate: { does: 'bring the database of DATABASE_URL to this version', load: async () => (await import('./migrate/migrate.command.js')).migrateCommand },
  'first-operator': { does: 'create the account that creates the others', load: async () => (await import('./first-people/first-people.command.js')).firstPersonCommand('operator') },
  'first-approver': { does: 'create the account that approves what the first one does', load: async () => (await import('./first-people/first-people.command.js')).firstPersonCommand('approver') },
  generate: { does: 'write the generated references in docs/', load: async () => (await import('./generate/generate.command.js')).generateCommand },
};

function help(): string {
  return ['usage: mereau <command>', ...Object.entries(COMMANDS).map(([name, { does }]) => `  ${name.padEnd(18)} ${does}`)].join('\n');
}

async function main([name = 'help', ...args]: readonly string[]): Promise<number> {
  if (name === 'help' || name === '--help') {
    console.log(help());
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    console.error(`there is no command ${name}\n${help()}`);
    return 2;
  }
  return (await command.load())(args);
}

try {
  // Not left to an empty event loop: a pool that a failed start left open would keep the program alive.
  process.exit(await main(process.argv.slice(2)));
} catch (error) {
  console.error(startupMessage(error) ?? error);
  process.exit(1);
}
