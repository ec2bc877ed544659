import { namedDataDirectory } from "../shared/data-directory.ts";

export interface ElectronArguments {
  /** Null: the folder every host shares. */
  readonly dataDirectory: string | null;
  readonly practice: boolean;
}

/**
 * Reads `--data DIR`, `--data=DIR` and `--practice`. Electron and Chromium put switches of their own on the command
 * line, so what is not known is passed over. Throws with a sentence for people for a folder without a name.
 */
export function readArguments(args: readonly string[]): ElectronArguments {
  const at = args.indexOf("--data");
  const joined = args.find((argument) => argument.startsWith("--data="))?.slice("--data=".length);
  const given = joined ?? (at === -1 ? undefined : args[at + 1]);
  return {
    dataDirectory: given === undefined || given.startsWith("--") ? null : namedDataDirectory(given),
    practice: args.includes("--practice"),
  };
}
