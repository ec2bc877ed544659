import { z } from "zod";

/** What is asked, how the command line ends, and what comes on standard input. */
export type VerbCase = readonly [what: string, args: () => readonly string[], code: number, stdin?: string];

/** What a failure is on standard error with --json. */
export const failureSchema = z.strictObject({ exitCode: z.number(), fault: z.looseObject({ kind: z.string() }), sentence: z.string(), nextStep: z.string(), detail: z.string().nullable() });
