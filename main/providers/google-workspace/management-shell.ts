import type { ShellSettings } from "../../../shared/model/management-shell.ts";
import type { GoogleWorkspaceConfiguration } from "./configuration.ts";

/** The parameters that the shell's documentation shows for Google; it gives no example of a server's name. */
export function managementShell({ serviceAccount, adminUsername }: GoogleWorkspaceConfiguration): ShellSettings {
  return { provider: "gsuite", parameters: { UserName: serviceAccount, AdminUsername: adminUsername }, asks: { for: "key-file" }, server: { from: "asked" } };
}
