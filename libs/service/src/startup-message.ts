/** Judged by name: the tools that run before anything is built throw a StartupFault of their own. */
const TOLD = new Set(['StartupFault', 'KeyConfigurationFault', 'StripeSettingsFault']);

/** The line to show when something outside the program stopped it from starting; undefined for a fault of our own. */
export function startupMessage(error: unknown): string | undefined {
  return error instanceof Error && TOLD.has(error.name) ? error.message.replace(/\s*\n\s*/g, ' ') : undefined;
}
