// @vitest-environment jsdom
/** The desktop window's connection, over a real MessageChannel: what holds on loopback holds here. */
import { implement } from "@orpc/server";
import { RPCHandler } from "@orpc/server/message-port";
import { createORPCClient } from "@orpc/client";
import { MessageChannel, type MessagePort as NodePort } from "node:worker_threads";
import { afterEach, expect, it, vi } from "vitest";
import { refuseTooLate } from "../../../../main/router/lateness.ts";
import { ask } from "../../../../renderer/host/ask.ts";
import type { ConsoleClient } from "../../../../renderer/host/client.ts";
import { announceConnection, currentConnection } from "../../../../renderer/host/connection.ts";
import { ExchangeableLink } from "../../../../renderer/host/exchangeable-link.ts";
import { connectMessagePort } from "../../../../renderer/host/message-port.ts";
import { PORT_CHANNEL } from "../../../../shared/channel.ts";
import { contract } from "../../../../shared/contract/index.ts";
import { succeed } from "../../../../shared/fault.ts";
import { TOO_LATE_AFTER_MS } from "../../../../shared/rules/liveness.ts";
import { eventually } from "../../../lab/eventually.ts";

const ports: NodePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
  announceConnection({ state: "open" });
});

/** Main with a clock of its own and one call that changes something; hands the page its port as the preload script does. */
async function connected() {
  const clock = { elapsed: 1_000 };
  const duplicate = vi.fn(() => Promise.resolve(succeed({ id: "copy" })));
  const os = implement(contract);
  const router = {
    app: {
      alive: os.app.alive.handler(async function* () {
        yield clock.elapsed;
        await new Promise(() => undefined);
      }),
    },
    stores: { duplicate: os.stores.duplicate.handler(() => duplicate()) },
  };
  const handler = new RPCHandler(router, { interceptors: [refuseTooLate({ elapsed: () => clock.elapsed })] });
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  handler.upgrade(port1);
  port1.start();
  const link = new ExchangeableLink();
  const connecting = connectMessagePort(link);
  window.dispatchEvent(Object.assign(new Event("message"), { source: window, data: PORT_CHANNEL, ports: [port2] }));
  await connecting;
  const client: ConsoleClient = createORPCClient(link);
  return { clock, duplicate, main: port1, press: () => ask(() => client.stores.duplicate({ id: "s", name: "New" })) };
}

it("carries calls, and refuses in main one that comes long after the page heard it last", async () => {
  const { clock, duplicate, press } = await connected();
  expect(await press()).toEqual(succeed({ id: "copy" }));
  await eventually(async () => {
    await press();
    clock.elapsed += TOO_LATE_AFTER_MS + 1;
    duplicate.mockClear();
    expect(await press()).toEqual({ ok: false, fault: { kind: "no-connection", outcome: "not-done" } });
  });
  expect(duplicate).not.toHaveBeenCalled();
});

it("says of a call what is known when main's end closes, and fails every later one at once", async () => {
  const { duplicate, main, press } = await connected();
  duplicate.mockReturnValue(new Promise(() => undefined));
  const underWay = press();
  await eventually(() => expect(duplicate).toHaveBeenCalled());
  main.close();
  expect(await underWay).toEqual({ ok: false, fault: { kind: "no-connection", outcome: "unknown" } });
  expect(currentConnection()).toMatchObject({ state: "lost" });
  expect(await press()).toEqual({ ok: false, fault: { kind: "no-connection", outcome: "not-done" } });
});
