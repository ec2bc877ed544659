/** Asks the practice organisation's endpoint. */
import http from "node:http";
import type { EndpointAnswer, EndpointRequest } from "./protocol.ts";

/** `lost`: the connection broke. `timed-out`: nothing came in time. */
export type Asked = { readonly how: "answer"; readonly answer: EndpointAnswer } | { readonly how: "lost" | "timed-out" };

export type Ask = (request: EndpointRequest, limitMs: number | null) => Promise<Asked>;

/** What the endpoint answers is what its type says: nobody else knows the token. A body that was cut off is none. */
function decode(body: string): Asked {
  try {
    const answer: EndpointAnswer = JSON.parse(body);
    return { how: "answer", answer };
  } catch {
    return { how: "lost" };
  }
}

/** `signal` breaks every connection, as the end of a process does. */
export function endpointClient(address: string, token: string, signal?: AbortSignal): Ask {
  return (request, limitMs) =>
    new Promise((resolve) => {
      const body = JSON.stringify(request);
      const sent = http.request(
        address,
        { method: "POST", agent: false, ...(signal === undefined ? {} : { signal }), headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) } },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("error", () => resolve({ how: "lost" }));
          response.on("end", () => resolve(response.statusCode === 200 ? decode(Buffer.concat(chunks).toString("utf8")) : { how: "lost" }));
        },
      );
      const timer = limitMs === null ? null : setTimeout(() => resolve({ how: "timed-out" }), limitMs);
      sent.on("error", () => resolve({ how: "lost" }));
      sent.on("close", () => {
        if (timer !== null) clearTimeout(timer);
      });
      sent.end(body);
    });
}
