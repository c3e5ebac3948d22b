/** Something outside the program stops it from starting. The message is the one line that the operator reads. */
export class StartupFault extends Error {
  name = 'StartupFault';
}

export const isStartupFault = (error) => error instanceof Error && error.name === 'StartupFault';
