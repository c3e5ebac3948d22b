/** A key that is unknown, or bytes that no known key opens: an outage or an intrusion, never a refusal. */
export class KeyFault extends Error {
  override name = 'KeyFault';
}

/** What is wrong with the keys that the operator gave; one sentence each, none with a part of a key in it. */
export class KeyConfigurationFault extends Error {
  override name = 'KeyConfigurationFault';
  constructor(readonly lines: readonly string[]) {
    super(lines.join('\n'));
  }
}
