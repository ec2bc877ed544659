/** A WebSocket that lets nothing through but calls of the contract's protocol. */
import { WebSocket } from "ws";
import { z } from "zod";
import { parseJson } from "../../../shared/json.ts";

const invalidPayload = 1007;

/** What oRPC's peer protocol puts on the wire: an identifier, perhaps a type and a payload. */
const messageSchema = z.looseObject({ i: z.string(), t: z.number().optional(), p: z.unknown().optional() });
/** A call carries where it goes, as a path. */
const callSchema = z.looseObject({ i: z.string(), p: z.looseObject({ u: z.string().startsWith("/") }) });
const callType = 1;

/** Whether a frame is a message of the protocol. Text only: the contract has no binary parts. */
export function isProtocolMessage(data: unknown, binary: unknown): boolean {
  if (binary === true || !Buffer.isBuffer(data)) return false;
  const message = parseJson(data.toString("utf8"));
  const decoded = messageSchema.safeParse(message);
  if (!decoded.success) return false;
  return (decoded.data.t ?? callType) !== callType || callSchema.safeParse(message).success;
}

/**
 * The library below reports what it cannot parse on standard error, with a piece of it, which may be a secret. So such
 * a frame ends the connection before the library sees it.
 */
export class ContractSocket extends WebSocket {
  override emit(event: string | symbol, ...args: unknown[]): boolean {
    if (event === "message" && !isProtocolMessage(args[0], args[1])) {
      this.close(invalidPayload);
      return false;
    }
    return super.emit(event, ...args);
  }
}
