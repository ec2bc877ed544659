/** The configuration's account, for a session with a server. */
import { fail, succeed, type Result } from "../../../../shared/fault.ts";
import type { ProviderContext } from "../../provider.ts";
import type { ExchangeConfiguration } from "../schema.ts";
import type { RemoteAccount } from "./server-session.ts";

export type AccountRead = Result<RemoteAccount>;

/** Fails where there is no password, and with a distinguished name: a directory takes one, Windows does not. */
export async function accountOf({ username, authentication }: ExchangeConfiguration, { secrets }: Pick<ProviderContext, "secrets">): Promise<AccountRead> {
  if (/^[a-z][a-z0-9-]*\s*=.*,/i.test(username)) return fail({ kind: "unsupported", why: "remoting-account-name" });
  const password = await secrets.text("password");
  if (!password.ok) return password;
  if (password.value === null || password.value === "") return fail({ kind: "invalid", issues: [{ path: ["password"], code: "required" }] });
  return succeed({ username, password: password.value, authentication });
}
