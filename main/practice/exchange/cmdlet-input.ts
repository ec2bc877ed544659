/** The parameters that a cmdlet was given, as PowerShell binds them. */
import type { CmdletParameters, RemoteError } from "./protocol.ts";
import { bindingError } from "./remote-errors.ts";

/** Reads bound parameters; their names have no case. */
export interface CmdletInput {
  /** Null where it was not given or is empty. */
  text(name: string): string | null;
  /** A switch or boolean; null where it was not given. */
  flag(name: string): boolean | null;
}

/** Binds parameters, or says what PowerShell's binder says: one that the cmdlet has not, or a mandatory one that is missing. */
export function bindParameters(
  command: string,
  given: CmdletParameters,
  known: { readonly mandatory: readonly string[]; readonly optional: readonly string[] },
): { readonly ok: true; readonly input: CmdletInput } | { readonly ok: false; readonly error: RemoteError } {
  const values = new Map(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]));
  const names = new Set([...known.mandatory, ...known.optional].map((name) => name.toLowerCase()));
  const foreign = Object.keys(given).find((name) => !names.has(name.toLowerCase()));
  if (foreign !== undefined) return { ok: false, error: bindingError(command, "NamedParameterNotFound", `A parameter cannot be found that matches parameter name '${foreign}'.`) };
  const missing = known.mandatory.filter((name) => (values.get(name.toLowerCase()) ?? "") === "");
  if (missing.length > 0) return { ok: false, error: bindingError(command, "MissingMandatoryParameter", `Cannot process command because of one or more missing mandatory parameters: ${missing.join(" ")}.`) };
  return {
    ok: true,
    input: {
      text(name) {
        const value = values.get(name.toLowerCase());
        return typeof value === "string" && value !== "" ? value : null;
      },
      flag(name) {
        const value = values.get(name.toLowerCase());
        return typeof value === "boolean" ? value : null;
      },
    },
  };
}
