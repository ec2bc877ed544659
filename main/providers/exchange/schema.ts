/** What a Microsoft Exchange configuration holds. Messages are codes; the renderer has the sentences. */
import { z } from "zod";
import { variants } from "./version.ts";

/** A DNS name of at least two labels (RFC 1123); underscores occur in old Active Directory domains. */
const DOMAIN = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)+$/i;

const text = (limit: number) => z.string("required").trim().min(1, { error: "required", abort: true }).max(limit, { error: "too-long", abort: true });

export const exchangeSchema = z.object({
  variant: z.enum(variants, "not-a-version"),
  domain: text(255).refine((domain) => domain === "" || DOMAIN.test(domain), "not-a-domain"),
  /** `user@domain`, `DOMAIN\user` or a distinguished name. */
  username: text(255),
});

export type ExchangeConfiguration = z.infer<typeof exchangeSchema>;
