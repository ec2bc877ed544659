/**
 * How the command line reaches a practice console that is running: a file beside its data, readable by this account
 * only, with the port and a token of its own. There is none for real configuration.
 */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import type { ContractRouterClient } from "@orpc/contract";
import { z } from "zod";
import { LOOPBACK_PROTOCOL, LOOPBACK_SOCKET_PATH } from "../../../shared/channel.ts";
import type { Contract } from "../../../shared/contract/index.ts";
import { fail, succeed, type Result } from "../../../shared/fault.ts";
import { practiceDirectory } from "./data-directory.ts";

/** A console that runs answers at once, on a busy machine after a while; where none runs the port refuses at once. */
const connectLimitMs = 15_000;
const controlSchema = z.object({ port: z.number().int(), token: z.string() });

function controlFile(practiceDataDirectory: string): string {
  return path.join(practiceDataDirectory, "control.json");
}

/** Leaves the note; the returned function takes it away again. */
export function announcePractice(practiceDataDirectory: string, control: z.infer<typeof controlSchema>): () => void {
  const file = controlFile(practiceDataDirectory);
  rmSync(file, { force: true });
  writeFileSync(file, JSON.stringify(control), { mode: 0o600 });
  return () => {
    if (readControl(practiceDataDirectory)?.token === control.token) rmSync(file, { force: true });
  };
}

function readControl(practiceDataDirectory: string): z.infer<typeof controlSchema> | null {
  try {
    return controlSchema.parse(JSON.parse(readFileSync(controlFile(practiceDataDirectory), "utf8")));
  } catch {
    return null;
  }
}

/** Connects to the practice console of a data folder. Fails with `not-found` when none is running. */
export async function connectToRunningPractice(
  dataDirectory: string,
): Promise<Result<{ readonly client: ContractRouterClient<Contract>; close(): Promise<void> }>> {
  const notRunning = fail({ kind: "not-found", what: "running practice console", detail: "start it with --practice on the same data folder" });
  const control = readControl(practiceDirectory(dataDirectory));
  if (control === null) return notRunning;
  const origin = `http://127.0.0.1:${control.port}`;
  const init = { protocols: [LOOPBACK_PROTOCOL, control.token], headers: { origin } };
  // Node's WebSocket takes headers, which the browser's declaration of it does not know.
  const socket: WebSocket = Reflect.construct(WebSocket, [`ws://127.0.0.1:${control.port}${LOOPBACK_SOCKET_PATH}`, init]);
  const connected = await new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(false), connectLimitMs);
    const settle = (open: boolean) => {
      clearTimeout(timer);
      resolve(open);
    };
    socket.addEventListener("open", () => settle(true), { once: true });
    socket.addEventListener("error", () => settle(false), { once: true });
  });
  if (!connected) return notRunning;
  const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ websocket: socket }));
  return succeed({
    client,
    close: () => {
      socket.close();
      return Promise.resolve();
    },
  });
}
