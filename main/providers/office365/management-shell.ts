import type { ShellSettings } from "../../../shared/model/management-shell.ts";
import type { Office365Configuration } from "./configuration.ts";

/** As in the example of the shell's documentation, which speaks of no cloud but the worldwide one. It signs in with an account, not with a certificate. */
export function managementShell({ cloud, domain, applicationId }: Office365Configuration): ShellSettings | null {
  if (cloud !== "worldwide") return null;
  return { provider: "o365", parameters: { Domain: domain, AppId: applicationId }, asks: { for: "credential", account: null }, server: { from: "fixed", name: "ps.outlook.com" } };
}
