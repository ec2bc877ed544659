/** How tests reach the directory of `contoso.lab`, where nothing about the way there matters to them. */
import type { ActiveDirectoryConnection } from "../../shared/model/identity-store.ts";

export const connection: ActiveDirectoryConnection = {
  kind: "active-directory",
  domain: "contoso.lab",
  domainControllers: [],
  dnsServer: null,
  username: "CONTOSO\\svc-mail",
  security: "ldaps",
  trust: { mode: "system" },
};
