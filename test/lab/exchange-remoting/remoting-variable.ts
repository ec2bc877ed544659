/** Carries the shell's location to the host under test as JSON; in the environment, for it has a token. */
export const REMOTING_VARIABLE = "MC_LAB_REMOTING";
