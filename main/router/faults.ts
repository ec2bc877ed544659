/**
 * The one place where bugs are caught. A throw is logged with its stack under an incident id; a procedure that answers
 * results answers it as an `internal` fault (or as the store's, where a read failed), a stream of work ends with it, everything else fails with the id alone.
 */
import { randomUUID } from "node:crypto";
import { getEventIteratorSchemaDetails, type AnySchema } from "@orpc/contract";
import { implement, ORPCError, ValidationError, type ImplementerInternalWithMiddlewares, type MergedCurrentContext, type MergedInitialContext } from "@orpc/server";
import { contract, type Contract } from "../../shared/contract/index.ts";
import { fail, type Fault, type Issue } from "../../shared/fault.ts";
import type { Logger } from "../ports.ts";

interface SchemaIssue {
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  readonly code?: string;
}

/** The schema library's own codes pick the sentence, such as `too_small`. */
function toIssue({ path = [], code = "malformed" }: SchemaIssue): Issue {
  const steps = path.map((step) => (typeof step === "object" ? step.key : step));
  return { path: steps.map((step) => (typeof step === "number" ? step : String(step))), code };
}

/** Input that the contract refuses: not a bug, the person typed it. */
function refusedInput(error: unknown): Issue[] | null {
  if (!(error instanceof ORPCError) || error.code !== "BAD_REQUEST") return null;
  const issues: unknown = error.data?.issues;
  return Array.isArray(issues) ? issues.map((issue: SchemaIssue) => toIssue(issue)) : null;
}

/** Where an answer broke the contract; paths and codes only, never the answer itself. */
function refusedOutput(error: unknown): readonly Issue[] {
  if (!(error instanceof ORPCError) || !(error.cause instanceof ValidationError)) return [];
  return error.cause.issues.map((issue) => toIssue(issue));
}

async function accepts(schema: AnySchema | undefined, value: unknown): Promise<boolean> {
  return schema !== undefined && (await schema["~standard"].validate(value)).issues === undefined;
}

function isIterator(output: unknown): output is AsyncIterableIterator<unknown> {
  return typeof output === "object" && output !== null && Symbol.asyncIterator in output;
}

export type NoContext = Record<string, never>;

/** Said here: TypeScript would spell the whole contract out. */
export type Implementer = ImplementerInternalWithMiddlewares<Contract, MergedInitialContext<NoContext, NoContext, NoContext>, MergedCurrentContext<NoContext, NoContext>>;

/** The contract's implementer with the guard in front of every procedure. `faultOf` knows throws that are no bugs. */
export function guardedImplementer(logger: Logger, faultOf: (error: unknown) => Fault | null): Implementer {
  const internal = (error: unknown, path: readonly string[]): Fault => {
    const incident = randomUUID();
    const stack = error instanceof Error ? error.stack : String(error);
    logger.error("A call threw", { incident, call: path.join("."), stack, issues: refusedOutput(error) });
    return faultOf(error) ?? { kind: "internal", incident };
  };
  const outward = (fault: Fault) =>
    new ORPCError("INTERNAL_SERVER_ERROR", { message: fault.kind === "internal" ? fault.incident : fault.kind });

  async function* guarded(source: AsyncIterableIterator<unknown>, schema: AnySchema | undefined, path: readonly string[]) {
    try {
      for await (const event of source) yield event;
    } catch (error) {
      const fault = internal(error, path);
      const end = { type: "done", result: fail(fault) };
      if (!(await accepts(schema, end))) throw outward(fault);
      yield end;
    }
  }

  return implement(contract).use(async ({ next, path, procedure }, _input, output) => {
    const schema = procedure["~orpc"].outputSchema;
    try {
      const result = await next();
      if (!isIterator(result.output)) return result;
      return output(guarded(result.output, getEventIteratorSchemaDetails(schema)?.yields, path));
    } catch (error) {
      const issues = refusedInput(error);
      const meant = error instanceof ORPCError && error.code !== "INTERNAL_SERVER_ERROR";
      if (issues === null && meant) throw error;
      const fault: Fault = issues === null ? internal(error, path) : { kind: "invalid", issues };
      if (await accepts(schema, fail(fault))) return output(fail(fault));
      throw issues === null ? outward(fault) : error;
    }
  });
}
