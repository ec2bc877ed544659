/** What a Microsoft Exchange configuration holds. Messages are codes; the renderer has the sentences. */
import { z } from "zod";
import { parseDomain } from "../../../shared/rules/host-name.ts";
import { variants } from "./version.ts";

const text = (limit: number) => z.string("required").trim().min(1, { error: "required", abort: true }).max(limit, { error: "too-long", abort: true });

/** Kerberos to a server's own name is Exchange's documented form; Basic goes over https alone. */
export const authentications = ["kerberos", "basic"] as const;

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
  /** How remote PowerShell signs in. Configurations from before there was a choice have none. */
  authentication: z.enum(authentications, "authentication").nullish().transform((chosen) => chosen ?? "kerberos"),
});

export type ExchangeConfiguration = z.infer<typeof exchangeSchema>;
