/** Names shared with the preload script. Free of imports, so that the preload bundle stays a few hundred bytes. */

/** IPC channel and window message on which the renderer's MessagePort is handed over. */
export const PORT_CHANNEL = "messaging-console:port";
/** WebSocket subprotocol of the contract on the loopback host; the token follows as a second subprotocol. */
export const LOOPBACK_PROTOCOL = "messaging-console.v1";
/** Path of the WebSocket on the loopback host. */
export const LOOPBACK_SOCKET_PATH = "/contract";
/** Path where the one-time code is swapped for a token: POST `{ "code": … }`, answered with `{ "token": … }`. */
export const LOOPBACK_EXCHANGE_PATH = "/exchange";
