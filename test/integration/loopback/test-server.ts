/** A loopback server with a small router of its own, for tests of the host alone. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { os, type RouterClient } from "@orpc/server";
import { z } from "zod";
import { systemClock } from "../../../main/hosts/shared/clock.ts";
import { openFront, type Front } from "../../../main/hosts/loopback/front.ts";
import { startServer } from "../../../main/hosts/loopback/server.ts";
import type { Clock } from "../../../main/ports.ts";
import { recordingLogger } from "../../lab/loggers.ts";

export interface TestServer {
  readonly server: Front;
  readonly code: string;
  /** What happened inside, in order. */
  readonly events: string[];
  readonly logged: string[];
  /** Answers nobody until it is exchanged for a router of the same kind. */
  pause(): void;
  exchange(): void;
  stop(): Promise<void>;
}

/** A clock on which two seconds pass at each look, so that the limit on wrong codes never bites. */
export function patientClock(): Clock {
  let elapsed = 0;
  return { ...systemClock, elapsed: () => (elapsed += 2000) };
}

/** A call that answers at once and one that never ends by itself. */
function createRouter(events: string[]) {
  return {
    echo: os.input(z.unknown()).handler(({ input }) => input),
    forever: os.handler(async function* forever({ signal }) {
      events.push("begun");
      signal?.addEventListener("abort", () => events.push("aborted"));
      try {
        for (let number = 0; ; number += 1) {
          yield number;
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      } finally {
        events.push("ended");
      }
    }),
  };
}
export type TestClient = RouterClient<ReturnType<typeof createRouter>>;

export async function startTestServer(clock: Clock = systemClock): Promise<TestServer> {
  const folder = mkdtempSync(path.join(tmpdir(), "mc-pages-"));
  const pages = path.join(folder, "renderer");
  mkdirSync(path.join(pages, "assets"), { recursive: true });
  writeFileSync(path.join(pages, "index.html"), "<!doctype html><title>page</title>");
  writeFileSync(path.join(pages, "assets", "index-abc.js"), "export {};");
  writeFileSync(path.join(folder, "secret.js"), "outside");
  const events: string[] = [];
  const logger = recordingLogger();
  const server = await openFront({ rendererDirectory: pages, clock, logger });
  const contract = startServer({ router: createRouter(events), front: server, clock, logger, onConnections: (open) => events.push(`connections ${open}`) });
  return {
    server,
    code: new URL(server.url()).hash.slice("#code=".length),
    events,
    logged: logger.lines,
    pause: () => contract.pause(),
    exchange: () => contract.serve(createRouter(events)),
    async stop() {
      await contract.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
