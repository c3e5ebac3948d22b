/** Work that a service does by itself, e.g. minting. */
export type Loop = Readonly<{
  name: string;
  start(): void | Promise<void>;
  stop(): Promise<unknown>;
  isIdle(): boolean | Promise<boolean>;
  /** What is only shown needs it too: it runs on an installation that was ceded, where nothing else of this kind does. */
  forReading?: boolean;
}>;
