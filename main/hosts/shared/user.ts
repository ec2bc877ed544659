import os from "node:os";

/** Who works here, for revisions: `DOMAIN\user` on Windows, the login name elsewhere. */
export function currentUser(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  const name = loginName(environment);
  const domain = environment["USERDOMAIN"];
  return process.platform === "win32" && domain !== undefined && domain !== "" ? `${domain}\\${name}` : name;
}

function loginName(environment: Readonly<Record<string, string | undefined>>): string {
  try {
    return os.userInfo().username;
  } catch {
    // A process without an entry in the user database, as in a container.
    return environment["USERNAME"] ?? environment["USER"] ?? "unknown";
  }
}
