/** Takes away what pages of this app never need. */
import type { App, Session, WebContents } from "electron";
import type { Logger } from "../../ports.ts";
import { isOwnPage, scheme } from "./address.ts";

/** Copy buttons write text to the clipboard; reading it stays refused. */
const COPYING = "clipboard-sanitized-write";

/** Every permission but copying is refused, and every request that would leave the app. */
export function lockSession(session: Session, logger: Logger): void {
  session.setPermissionRequestHandler((_contents, permission, callback) => {
    if (permission !== COPYING) logger.warn("a permission was refused", { permission });
    callback(permission === COPYING);
  });
  session.setPermissionCheckHandler((_contents, permission) => permission === COPYING);
  session.setDevicePermissionHandler(() => false);
  session.on("will-download", (event, item) => {
    // A page may save what it made itself (a certificate's public part, a calendar), never fetch.
    if (!item.getURL().startsWith(`blob:${scheme}://`)) event.preventDefault();
  });
  session.webRequest.onBeforeRequest((details, callback) => {
    const own = isOwnPage(details.url) || details.url.startsWith(`blob:${scheme}://`) || details.url.startsWith("devtools://") || details.url.startsWith("data:");
    callback({ cancel: !own });
  });
}

/** No navigation away, no new windows, no embedded pages. */
export function lockContents(contents: WebContents, logger: Logger): void {
  const stay = (event: { preventDefault(): void; readonly url: string }) => {
    if (isOwnPage(event.url)) return;
    event.preventDefault();
    logger.warn("leaving the console's page was refused");
  };
  contents.on("will-navigate", stay);
  contents.on("will-redirect", stay);
  contents.on("will-frame-navigate", stay);
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
}

export function lockApp(app: App, logger: Logger): void {
  app.on("web-contents-created", (_event, contents) => lockContents(contents, logger));
  // Nothing the console talks to through the browser part has a certificate or wants a password.
  app.on("certificate-error", (event, _contents, _url, _error, _certificate, callback) => {
    event.preventDefault();
    callback(false);
  });
  app.on("select-client-certificate", (event, _contents, _url, _list, callback) => {
    event.preventDefault();
    callback();
  });
  app.on("login", (event) => event.preventDefault());
}
