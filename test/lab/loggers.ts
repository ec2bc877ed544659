/** Loggers for tests. */
import type { Logger } from "../../main/ports.ts";

export const silentLogger: Logger = { info: () => {}, warn: () => {}, error: () => {} };

export interface RecordingLogger extends Logger {
  /** Everything that was logged, one text a message with its fields as JSON. */
  readonly lines: string[];
  /** The errors among them. */
  readonly errors: string[];
}

/** Keeps what is logged, for tests that look into it. */
export function recordingLogger(): RecordingLogger {
  const [lines, errors]: [string[], string[]] = [[], []];
  const keep = (message: string, fields?: Readonly<Record<string, unknown>>) => {
    const line = `${message} ${JSON.stringify(fields ?? {})}`;
    lines.push(line);
    return line;
  };
  return { lines, errors, info: keep, warn: keep, error: (message, fields) => void errors.push(keep(message, fields)) };
}
