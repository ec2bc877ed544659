/** From nothing to a console that can be shown: connects, says hello, and follows what the first page needs. */
import { connect } from "../host/client.ts";
import { ConnectError, type ConnectProblem } from "../host/connection.ts";
import { followData } from "../stores/data-state.ts";
import { followNetwork } from "../stores/network.ts";
import { startNavigation } from "../stores/navigation.ts";
import { loadPreferences } from "../stores/preferences.ts";
import { startSession } from "../stores/session.ts";
import { followStores } from "../stores/stores-list.ts";
import type { Explanation } from "../text/fault.ts";
import { say } from "../text/text.ts";
import { titleProduct } from "../ui/window-title.ts";
import { watchForBugs } from "./page-bugs.ts";

/** What the window shows: the console, whose frame stands while it opens, or why there is none. */
export type WindowState = "opening" | "open" | Exclude<ConnectProblem, "not-started"> | Explanation;

/** Asks for everything at once: each question alone would wait for the one before. Never rejects. */
export async function begin(): Promise<WindowState> {
  startNavigation();
  try {
    const connected = connect();
    watchForBugs(connected);
    const client = await connected;
    followStores();
    followNetwork();
    followData();
    const [hello] = await Promise.all([client.app.hello(), loadPreferences()]);
    titleProduct(say(hello.practice ? "shell.product-practice" : "shell.product"));
    startSession(hello);
    return "open";
  } catch (error) {
    return error instanceof ConnectError ? await stateAfter(error).catch(() => "no-answer") : "no-answer";
  }
}

async function stateAfter({ problem, fault }: ConnectError): Promise<WindowState> {
  if (problem !== "not-started") return problem;
  const { notStarted } = await import("./not-started.ts");
  return notStarted(fault) ?? "no-answer";
}
