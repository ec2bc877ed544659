/** How first passwords of new users come to be. */
import { z } from "zod";

export const characterClasses = ["upper", "lower", "digit", "special"] as const;

/**
 * `typed`: one for all, which whoever runs the job enters. `generated`: one each, handed over in a file that is sealed to `recipients`
 * (age public keys) before the first object is made.
 */
export const passwordPolicySchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("typed") }),
  z.object({
    kind: z.literal("generated"),
    length: z.number().int().min(8).max(99),
    /** At least one character of each. */
    classes: z.array(z.enum(characterClasses)).min(1),
    /** Characters of the class `special`. */
    specials: z.string().max(40),
    /** Whether 0 and O, 1, l and I and the like are left out. */
    noLookAlikes: z.boolean(),
    recipients: z.array(z.string().max(200)).max(20),
  }),
]);
export type PasswordPolicy = z.infer<typeof passwordPolicySchema>;
export type GeneratedPasswords = Extract<PasswordPolicy, { kind: "generated" }>;
