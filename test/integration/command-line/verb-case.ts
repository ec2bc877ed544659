/** What is asked, how the command line ends, and what comes on standard input. */
export type VerbCase = readonly [what: string, args: () => readonly string[], code: number, stdin?: string];
