/** What the tests of the rules share. */
import type { ActiveDirectoryConnection } from "../../../../shared/model/identity-store.ts";

/** A connection as it is when nothing special was chosen. */
export const plainConnection: ActiveDirectoryConnection = {
  kind: "active-directory",
  domain: "contoso.lab",
  domainControllers: [],
  dnsServer: null,
  username: "svc",
  security: "ldaps",
  trust: { mode: "system" },
};
