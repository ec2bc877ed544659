/** Where a verb's calls go: an app of its own on the data folder, or the practice console that is running. */
import { createRouterClient } from "@orpc/server";
import { createApp } from "../../app.ts";
import { connectToRunningPractice } from "../shared/practice-control.ts";
import { buildPorts } from "../shared/build-ports.ts";
import { VerbFailure, type ConsoleClient } from "./verb.ts";

export interface OpenedClient {
  readonly client: ConsoleClient;
  close(): Promise<void>;
}

/** Fails with the fault of opening the data folder. */
export async function openOwnClient(dataDirectory: string): Promise<OpenedClient> {
  const ports = await buildPorts({ host: "command-line", dataDirectory, openPractice: null });
  const app = await createApp(ports);
  if (!app.ok) throw new VerbFailure(app.fault);
  return { client: createRouterClient(app.value.router), close: () => app.value.dispose() };
}

/** Fails with `not-found` when no practice console runs on the data folder. */
export async function openPracticeClient(dataDirectory: string): Promise<OpenedClient> {
  const connected = await connectToRunningPractice(dataDirectory);
  if (!connected.ok) throw new VerbFailure(connected.fault);
  return connected.value;
}
