// The verifier alone, for docs/mereau-verify.mjs: whoever runs it needs no installation.
import { verifyCommand } from './verify.command.js';

process.exitCode = await verifyCommand(process.argv.slice(2));
