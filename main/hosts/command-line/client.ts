/** Where a verb's calls go: an app of its own on the data folder, or the practice console that is running. */
import { createRouterClient } from "@orpc/server";
import { policyProblems } from "../../../renderer/text/policies.ts";
import { say } from "../../../renderer/text/text.ts";
import { createApp } from "../../app.ts";
import { connectToRunningPractice } from "../shared/practice-control.ts";
import { buildPorts } from "../shared/build-ports.ts";
import { securePrivateFolder } from "../shared/folder-rights.ts";
import { printable } from "./output.ts";
import { take } from "./take.ts";
import { VerbFailure, type ConsoleClient } from "./verb.ts";

export interface OpenedClient {
  readonly client: ConsoleClient;
  /** What the page says about the data at its top, such as that it was restored from a backup, and what of the policies cannot be obeyed; null where there is nothing. */
  readonly notice: string | null;
  close(): Promise<void>;
}

/** Fails with the fault of opening the data folder. */
export async function openOwnClient(dataDirectory: string): Promise<OpenedClient> {
  const rights = take(securePrivateFolder(dataDirectory));
  const ports = await buildPorts({ host: "command-line", dataDirectory, rights, openPractice: null });
  const app = await createApp(ports);
  if (!app.ok) throw new VerbFailure(app.fault);
  const { storeNotice } = app.value.services.hello();
  const ofData = storeNotice === null ? [] : [`${say("shell.notice-title")} ${say(`shell.notice-${storeNotice}`)}`];
  const notices = [...ofData, ...policyProblems(ports.managed).map(printable)];
  return { client: createRouterClient(app.value.router), notice: notices.length === 0 ? null : notices.join(" "), close: () => app.value.dispose() };
}

/** Fails with `not-found` when no practice console runs on the data folder. */
export async function openPracticeClient(dataDirectory: string): Promise<OpenedClient> {
  const connected = await connectToRunningPractice(dataDirectory);
  if (!connected.ok) throw new VerbFailure(connected.fault);
  // What concerns its data the console that runs has said on its own page.
  return { ...connected.value, notice: null };
}
