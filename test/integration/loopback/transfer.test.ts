/** Files in parts over the real WebSocket: whole, cut off and cancelled. */
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import type { ContractRouterClient } from "@orpc/contract";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { openFront, type Front } from "../../../main/hosts/loopback/front.ts";
import { startServer } from "../../../main/hosts/loopback/server.ts";
import { createRouter } from "../../../main/router/index.ts";
import { systemClock } from "../../../main/hosts/shared/clock.ts";
import type { Contract } from "../../../shared/contract/index.ts";
import { sendFile, type Sending } from "../../../shared/sending.ts";
import { FILE_PART } from "../../../shared/rules/file-limits.ts";
import { eventually } from "../../lab/eventually.ts";
import { silentLogger } from "../../lab/loggers.ts";
import { layBed, type Bed } from "../../unit/main/services/support.ts";
import { take } from "../../unit/main/store/support.ts";

let folder: string;
let bed: Bed;
let front: Front;
let close: () => Promise<void>;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "mc-transfer-"));
  bed = await layBed();
  front = await openFront({ rendererDirectory: folder, clock: systemClock, logger: silentLogger });
  ({ close } = startServer({ router: createRouter(bed.services, { clock: systemClock, logger: silentLogger }), front, clock: systemClock, logger: silentLogger }));
});
afterEach(async () => {
  await close();
  await bed.dispose();
  rmSync(folder, { recursive: true, force: true });
});

async function enter() {
  const base = `http://127.0.0.1:${front.port}`;
  const code = new URL(front.url()).hash.slice("#code=".length);
  const answer = await fetch(`${base}/exchange`, { method: "POST", headers: { origin: base }, body: JSON.stringify({ code }) });
  const { token } = z.object({ token: z.string() }).parse(await answer.json());
  // Node's WebSocket takes headers, which the browser's declaration of it does not know.
  const init = { protocols: ["messaging-console.v1", token], headers: { origin: base } };
  const socket: WebSocket = Reflect.construct(WebSocket, [`${base.replace("http", "ws")}/contract`, init]);
  await new Promise((resolve) => {
    socket.addEventListener("open", resolve);
  });
  const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ websocket: socket }));
  return { socket, client };
}

const content = Buffer.from(Array.from({ length: 3 * FILE_PART }, (_none, i) => i % 251));

function sending({ files }: ContractRouterClient<Contract>, onSent: (sent: number) => void, signal = new AbortController().signal): Sending {
  return {
    size: content.length,
    read: (from, to) => Promise.resolve(content.subarray(from, to).toString("base64")),
    open: () => files.receive({ name: "names.txt", size: content.length, purpose: "aliases" }, { signal }),
    put: (part) => files.part(part, { signal }),
    onSent,
  };
}

describe("a file in parts", () => {
  it("arrives byte for byte, with its progress", async () => {
    const { client, socket } = await enter();
    const heard: number[] = [];
    const { file } = take(await sendFile(sending(client, (sent) => heard.push(sent))));
    expect(heard).toEqual([FILE_PART, 2 * FILE_PART, 3 * FILE_PART]);
    expect(Buffer.from(take(bed.services.files.read(file)).bytes).equals(content)).toBe(true);
    socket.close();
  });

  it("is a failure when the connection is cut in the middle, and leaves nothing to go on with", async () => {
    const { client, socket } = await enter();
    const hold = vi.spyOn(bed.services.files, "hold");
    const taken = vi.spyOn(bed.services.files, "take");
    const sent = sendFile(sending(client, () => socket.close()));
    await expect(sent).rejects.toBeInstanceOf(Error);
    const [transfer = ""] = taken.mock.calls[0] ?? [];
    await eventually(() => expect(bed.services.files.take(transfer, FILE_PART, "AAAA")).toMatchObject({ fault: { kind: "not-found", what: "transfer" } }));
    expect(hold).not.toHaveBeenCalled();
  });

  it("leaves nothing when it is cancelled, and the connection goes on", async () => {
    const { client, socket } = await enter();
    const stop = new AbortController();
    const taken = vi.spyOn(bed.services.files, "take");
    await expect(sendFile(sending(client, () => stop.abort(), stop.signal))).rejects.toBeDefined();
    const [transfer = ""] = taken.mock.calls[0] ?? [];
    await eventually(() => expect(bed.services.files.take(transfer, FILE_PART, "AAAA")).toMatchObject({ fault: { what: "transfer" } }));
    expect(take(await sendFile(sending(client, () => {}))).size).toBe(content.length);
    socket.close();
  });

  it("ends in main, too, when its bytes cannot be read any more", async () => {
    const { client, socket } = await enter();
    const taken = vi.spyOn(bed.services.files, "take");
    const broken = { ...sending(client, () => {}), read: (from: number) => (from === 0 ? sending(client, () => {}).read(0, FILE_PART) : Promise.resolve(null)) };
    expect(await sendFile(broken)).toEqual({ ok: false, fault: { kind: "unreadable", what: "file-unreadable" } });
    const [transfer = ""] = taken.mock.calls[0] ?? [];
    await eventually(() => expect(bed.services.files.take(transfer, FILE_PART, "AAAA")).toMatchObject({ fault: { what: "transfer" } }));
    socket.close();
  });
});
