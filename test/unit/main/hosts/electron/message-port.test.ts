import { os } from "@orpc/server";
import type { IpcMainEvent, WebContents } from "electron";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { App } from "../../../../../main/app.ts";
import { handOutPorts, isTrustedSender } from "../../../../../main/hosts/electron/message-port.ts";
import { PORT_CHANNEL } from "../../../../../shared/channel.ts";
import { HEARD_HEADER } from "../../../../../shared/rules/liveness.ts";
import { eventually } from "../../../../lab/eventually.ts";
import { FakeMessageChannel, FakePort, FakeWebContents, ipcMain, standIn } from "./fake-electron.ts";

vi.mock("electron", () => import("./fake-electron.ts"));
const logger = { info: vi.fn<() => void>(), warn: vi.fn<() => void>(), error: vi.fn<() => void>() };
const app = { router: { ping: os.handler(() => "pong") } };

function eventFrom(sender: FakeWebContents, senderFrame: unknown = sender.mainFrame): IpcMainEvent {
  return standIn({ sender, senderFrame });
}
function windowsWith(page: FakeWebContents): ReadonlyMap<WebContents, App> {
  return standIn(new Map([[page, app]]));
}

describe("isTrustedSender", () => {
  const known = new FakeWebContents();
  const windows = windowsWith(known);

  it("accepts the main frame of a known window on an own page", () => {
    expect(isTrustedSender(eventFrom(known), windows)).toBe(true);
  });

  it.each([
    ["no frame", null],
    ["another frame", { url: "app://console/index.html", parent: null }],
    ["an embedded frame", { url: "app://console/index.html", parent: known.mainFrame }],
  ])("refuses %s", (_what, frame) => {
    expect(isTrustedSender(eventFrom(known, frame), windows)).toBe(false);
  });

  it("refuses a window it does not know and a page that is not its own", () => {
    expect(isTrustedSender(eventFrom(new FakeWebContents()), windows)).toBe(false);
    const elsewhere = new FakeWebContents();
    elsewhere.mainFrame.url = "https://evil.example/";
    expect(isTrustedSender(eventFrom(elsewhere), windowsWith(elsewhere))).toBe(false);
  });
});

describe("handOutPorts", () => {
  beforeEach(() => void ipcMain.removeAllListeners());

  it("gives a trusted page one end of a channel", () => {
    const page = new FakeWebContents();
    handOutPorts(windowsWith(page), logger);
    ipcMain.emit(PORT_CHANNEL, eventFrom(page));
    expect(page.posted).toEqual([{ channel: PORT_CHANNEL, message: null, ports: [expect.any(FakePort)] }]);
  });

  it("has a call that lay there too long not done", async () => {
    const done = vi.fn<() => string>(() => "pong");
    const page = new FakeWebContents();
    handOutPorts(standIn(new Map([[page, { router: { ping: os.handler(done) } }]])), logger);
    ipcMain.emit(PORT_CHANNEL, eventFrom(page));
    const port = FakeMessageChannel.created.at(-1)?.port1;
    const answers: unknown[] = [];
    port?.on("posted", (answer) => answers.push(answer));
    const call = (i: string, heard: number) => port?.emit("message", { data: JSON.stringify({ i, p: { u: "/ping", h: { [HEARD_HEADER]: String(heard) } } }) });
    call("1", -1_000_000_000);
    await eventually(() => expect(answers).toHaveLength(1));
    expect(done).not.toHaveBeenCalled();
    call("2", 1_000_000_000);
    await eventually(() => expect(answers).toHaveLength(2));
    expect(done).toHaveBeenCalledTimes(1);
  });

  it("closes the old end when the page is loaded again", () => {
    const page = new FakeWebContents();
    handOutPorts(windowsWith(page), logger);
    ipcMain.emit(PORT_CHANNEL, eventFrom(page));
    ipcMain.emit(PORT_CHANNEL, eventFrom(page));
    expect(page.posted).toHaveLength(2);
    expect(page.posted[0]?.ports[0]).not.toBe(page.posted[1]?.ports[0]);
    expect(FakeMessageChannel.created.slice(-2).map(({ port1 }) => port1.closed)).toEqual([true, false]);
  });

  it("gives a frame within its own page nothing", () => {
    const page = new FakeWebContents();
    handOutPorts(windowsWith(page), logger);
    ipcMain.emit(PORT_CHANNEL, eventFrom(page, { url: "app://console/index.html", parent: page.mainFrame }));
    expect(page.posted).toEqual([]);
  });

  it("gives a stranger nothing", () => {
    const stranger = new FakeWebContents();
    handOutPorts(new Map(), logger);
    ipcMain.emit(PORT_CHANNEL, eventFrom(stranger));
    expect(stranger.posted).toEqual([]);
    expect(logger.warn).toHaveBeenCalled();
  });
});
