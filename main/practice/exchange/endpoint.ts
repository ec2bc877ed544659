/**
 * The HTTP port behind remote PowerShell of the practice servers, on loopback. It answers whoever knows its token and nobody else: any
 * account of this computer can connect to it.
 */
import { randomBytes, timingSafeEqual } from "node:crypto";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import { z } from "zod";
import type { Clock, Logger } from "../../ports.ts";
import { LOOPBACK, openListener } from "../loopback.ts";
import type { EndpointAnswer, EndpointRequest } from "./protocol.ts";
import type { RemotePowerShell } from "./remote-powershell.ts";
import { readBody } from "../read-body.ts";

/** No call of the console's is larger. */
const MAX_BODY = 256 * 1024;

const place = { server: z.string() };
const requestSchema: z.ZodType<EndpointRequest> = z.discriminatedUnion("op", [
  z.object({ op: z.literal("open"), ...place, username: z.string(), password: z.string(), idleMs: z.number().optional() }),
  z.object({ op: z.literal("attend"), ...place, session: z.string() }),
  z.object({ op: z.literal("call"), ...place, session: z.string(), command: z.string(), parameters: z.record(z.string(), z.unknown()) }),
  z.object({ op: z.literal("offered"), ...place, session: z.string() }),
  z.object({ op: z.literal("close"), ...place, session: z.string() }),
]);

export interface RemoteEndpoint {
  readonly address: string;
  /** Goes into the environment of who may ask. */
  readonly token: string;
  dispose(): Promise<void>;
}

function decode(body: string): EndpointRequest | null {
  try {
    const parsed = requestSchema.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Opens the port. */
export async function openEndpoint(options: { readonly powershell: RemotePowerShell; readonly clock: Clock; readonly logger: Logger }): Promise<RemoteEndpoint> {
  const { powershell, clock, logger } = options;
  const token = randomBytes(32).toString("base64url");
  const expected = Buffer.from(`Bearer ${token}`);
  const isAllowed = ({ headers }: IncomingMessage) => {
    const given = Buffer.from(headers.authorization ?? "");
    return given.length === expected.length && timingSafeEqual(given, expected);
  };

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.method !== "POST" || !isAllowed(request)) {
      response.writeHead(request.method === "POST" ? 401 : 405).end();
      request.resume();
      return;
    }
    const body = await readBody(request, MAX_BODY);
    const asked = body === null ? null : decode(body);
    if (asked === null) {
      response.writeHead(400).end();
      return;
    }
    const send = (answer: EndpointAnswer) => {
      response.writeHead(200, { "Content-Type": "application/json; charset=utf-8" });
      response.end(JSON.stringify(answer));
    };
    const reply = await powershell.reply(asked, { ended: () => send({ closed: true }), onGone: (leave) => void response.on("close", leave) });
    if (reply.how !== "answer") {
      if (reply.how === "lost") request.socket.resetAndDestroy();
      return;
    }
    const stop = clock.after(reply.delayMs, () => send(reply.answer));
    response.on("close", stop);
  };

  const server = http.createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      logger.error("remote PowerShell of the practice organisation", { error });
      request.socket.destroy();
    });
  });
  server.on("clientError", (_error, socket) => socket.destroy());
  const listener = await openListener((socket) => server.emit("connection", socket));
  return {
    address: `http://${LOOPBACK}:${listener.port}/`,
    token,
    dispose: () => listener.close(),
  };
}
