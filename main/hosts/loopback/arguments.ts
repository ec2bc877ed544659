import { parseArgs } from "node:util";
import { namedDataDirectory } from "../shared/data-directory.ts";

export interface LoopbackArguments {
  /** Null: the folder every host shares. */
  readonly dataDirectory: string | null;
  readonly practice: boolean;
  readonly open: boolean;
  readonly idleMs: number;
  /** Set by the start script when no Electron runtime could be had. */
  readonly withoutElectron: boolean;
  /** Ends when whoever started it closes standard input. */
  readonly endWithStdin: boolean;
}

const defaultIdleMinutes = 10;

/** Reads the arguments; throws with a sentence for people when they make no sense. */
export function readArguments(args: readonly string[]): LoopbackArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: "string" },
      practice: { type: "boolean", default: false },
      "no-open": { type: "boolean", default: false },
      "idle-minutes": { type: "string" },
      "without-electron": { type: "boolean", default: false },
      "end-with-stdin": { type: "boolean", default: false },
    },
  });
  const idleMinutes = values["idle-minutes"] === undefined ? defaultIdleMinutes : Number(values["idle-minutes"]);
  if (!(idleMinutes > 0 && idleMinutes <= 24 * 60)) throw new Error("--idle-minutes takes a number above 0 and up to 1440");
  return {
    dataDirectory: values.data === undefined ? null : namedDataDirectory(values.data),
    practice: values.practice,
    open: !values["no-open"],
    idleMs: idleMinutes * 60_000,
    withoutElectron: values["without-electron"],
    endWithStdin: values["end-with-stdin"],
  };
}
