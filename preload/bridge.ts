/**
 * Hands the contract's MessagePort from main to the page, and nothing else: the page gets no Electron API, only one
 * window message whose data is the channel's name and whose first port is the contract. It is posted once the page has
 * loaded, after its scripts ran and listen.
 */
import { ipcRenderer } from "electron";
import { PORT_CHANNEL } from "../shared/channel.ts";

const loaded = new Promise<void>((resolve) => {
  window.addEventListener("load", () => resolve(), { once: true });
});

ipcRenderer.once(PORT_CHANNEL, (event) => {
  void loaded.then(() => window.postMessage(PORT_CHANNEL, window.location.origin, [...event.ports]));
});
ipcRenderer.send(PORT_CHANNEL);
