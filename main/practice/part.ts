/** What each part of the practice organisation supplies: the Exchange side is one part, each cloud is another. */
import type { PracticeComponent, PracticeFacts } from "../../shared/contract/practice.ts";
import type { Result } from "../../shared/fault.ts";
import type { Clock, Logger } from "../ports.ts";
import type { Pki } from "./pki.ts";

/** What a part is made with. */
export interface PartDependencies {
  readonly pki: Pki;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Opens a part's listeners. Rejects when that fails, leaving none open. */
export type MakePart = (dependencies: PartDependencies) => Promise<PracticePart>;

export interface PracticePart {
  /** What can be broken, with the failure in force. */
  components(): readonly PracticeComponent[];
  /**
   * Runs a verb. Null when the verb and target are not this part's, so that the next part is asked; every part hears
   * `reset`, whose answer is `ok` from each.
   */
  run(verb: string, target: string | null, argument: string | null): Promise<Result<null> | null>;
  /** The loopback port behind a host (lower case) and the port the product names; null when the host is not this part's. */
  route(host: string, port: number): number | null;
  /** What to type into each provider's form. */
  forms(): PracticeFacts["forms"];
  /** Practice certificates to choose in the form. */
  files(): PracticeFacts["files"];
  /** Closes every listener and connection. */
  dispose(): Promise<void>;
}
