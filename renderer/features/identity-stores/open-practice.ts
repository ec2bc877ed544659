/** Opens the practice organisation: in this page on the loopback host, in a window of its own in Electron. */
import { succeed, type Result } from "../../../shared/result.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";

export async function openPractice(): Promise<Result<"here" | "window">> {
  const result = await ask(() => client().app.openPractice());
  if (!result.ok) return result;
  const { url } = result.value;
  if (url === null) return succeed("window");
  window.location.assign(url);
  return succeed("here");
}
