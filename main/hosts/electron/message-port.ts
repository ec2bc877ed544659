/** Gives each page of the app its end of a MessageChannel; main's end speaks the contract. */
import { ipcMain, MessageChannelMain, type IpcMainEvent, type WebContents } from "electron";
import { RPCHandler } from "@orpc/server/message-port";
import { PORT_CHANNEL } from "../../../shared/channel.ts";
import type { App as ConsoleApp } from "../../app.ts";
import type { Logger } from "../../ports.ts";
import { refuseTooLate } from "../../router/lateness.ts";
import { systemClock } from "../shared/clock.ts";
import { isOwnPage } from "./address.ts";

/** Whether a message comes from the main frame of a page of this app, and from a window that has an app behind it. */
export function isTrustedSender(event: Pick<IpcMainEvent, "sender" | "senderFrame">, windows: ReadonlyMap<WebContents, ConsoleApp>): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame === event.sender.mainFrame && frame.parent === null && isOwnPage(frame.url) && windows.has(event.sender);
}

/** Answers the preload script's question with a port. A page that is loaded again gets a new one; the old one closes. */
export function handOutPorts(windows: ReadonlyMap<WebContents, ConsoleApp>, logger: Logger): void {
  const handlers = new WeakMap<ConsoleApp, RPCHandler<object>>();
  const open = new WeakMap<WebContents, () => void>();
  ipcMain.on(PORT_CHANNEL, (event) => {
    const app = windows.get(event.sender);
    if (app === undefined || !isTrustedSender(event, windows)) {
      logger.warn("a page that is not the console's asked for the contract");
      return;
    }
    open.get(event.sender)?.();
    const handler = handlers.get(app) ?? new RPCHandler(app.router, { interceptors: [refuseTooLate(systemClock)] });
    handlers.set(app, handler);
    const { port1, port2 } = new MessageChannelMain();
    handler.upgrade(port1);
    port1.start();
    open.set(event.sender, () => port1.close());
    event.sender.postMessage(PORT_CHANNEL, null, [port2]);
  });
}
