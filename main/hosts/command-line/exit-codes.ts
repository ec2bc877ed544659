/** What the command line's exit codes mean. They are documented in --help and do not change. */
import type { Fault } from "../../../shared/fault.ts";

export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  notFound: 3,
  unreachable: 4,
  conflict: 5,
  refused: 6,
  invalid: 7,
  notKnown: 8,
  differs: 9,
  halted: 10,
  stopped: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export const exitCodeHelp = `Exit codes:
  0    done
  1    failed for another reason
  2    the command line makes no sense
  3    there is no such store, job, revision or file
  4    a server, directory or service cannot be reached, or a server in use is offline
  5    conflict: somebody saved meanwhile, or unsaved work is in the way
  6    sign-in or permission was refused, or an administrator decides it
  7    the given values are not valid
  8    not known: a server in use was not checked in time, or this machine could not, or is not to, look;
       or nothing differs as far as could be compared
  9    what was compared differs
  10   a brake of a job held, and nothing was written
  130  stopped with Ctrl+C before it was done`;

/** The exit code a fault ends with. */
export function exitCodeOf(fault: Fault): ExitCode {
  switch (fault.kind) {
    case "not-found":
      return exitCodes.notFound;
    case "unreachable":
    case "timeout":
    case "throttled":
    case "no-connection":
      return exitCodes.unreachable;
    case "conflict":
    case "draft-changed":
    case "unsaved-work":
      return exitCodes.conflict;
    case "sign-in":
    case "forbidden":
    case "wrong-password":
    case "roster-refused":
    case "object-refused":
    case "mail-refused":
    case "managed":
      return exitCodes.refused;
    case "invalid":
      return exitCodes.invalid;
    case "cancelled":
      return exitCodes.stopped;
    case "unsupported":
      return fault.why === "prepare-only" ? exitCodes.notKnown : exitCodes.failed;
    case "unreadable":
    case "not-stored":
    case "internal":
      return exitCodes.failed;
    default:
      return fault satisfies never;
  }
}
