/** The rungs of a ladder. */
import type { RungName } from "../../../shared/fault.ts";

export const rungs = {
  proxy: "Web proxy",
  dns: "DNS",
  tcp: "TCP",
  tls: "TLS",
  "health-check": "Health check",
  certificate: "Certificate",
  "certificate-sign-in": "Certificate sign-in",
  "secret-sign-in": "Secret sign-in",
  "sign-in": "Sign-in",
  "directory-search": "Directory search",
  permissions: "Permissions",
  role: "Role",
  domain: "Domain",
  "database-rights": "Rights in the database",
  "database-version": "Version of the database",
} as const satisfies Record<RungName, string>;
