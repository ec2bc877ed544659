import type { ShellSettings } from "../../../shared/model/management-shell.ts";
import type { ExchangeConfiguration } from "./schema.ts";

/** The shell's documentation names no Subscription Edition. */
const names = { "2013": "exchange2013", "2016": "exchange2016", "2019": "exchange2019", subscription: null } as const;

export function managementShell({ variant, domain, username }: ExchangeConfiguration): ShellSettings | null {
  const provider = names[variant];
  return provider === null ? null : { provider, parameters: { Domain: domain }, asks: { for: "credential", account: username }, server: { from: "chosen" } };
}
