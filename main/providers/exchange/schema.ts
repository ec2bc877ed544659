/** What a Microsoft Exchange configuration holds. Messages are codes; the renderer has the sentences. */
import { z } from "zod";
import { parseDomain } from "../../../shared/rules/host-name.ts";
import { variants } from "./version.ts";

const text = (limit: number) => z.string("required").trim().min(1, { error: "required", abort: true }).max(limit, { error: "too-long", abort: true });

export const exchangeSchema = z.object({
  variant: z.enum(variants, "not-a-version"),
  domain: text(255).transform((typed, context) => {
    const read = parseDomain(typed);
    if (read.ok) return read.value;
    context.addIssue({ code: "custom", message: read.code, params: read.facts });
    return z.NEVER;
  }),
  /** `user@domain`, `DOMAIN\user` or a distinguished name. */
  username: text(255),
});

export type ExchangeConfiguration = z.infer<typeof exchangeSchema>;
