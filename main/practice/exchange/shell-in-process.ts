/** The stand-in shell without a process of its own: the same scripts, the same ends. */
import { fail, succeed, type Fault, type Result } from "../../../shared/fault.ts";
import { createTurns } from "../../../shared/turns.ts";
import type { OpenRemoteShell, RemoteCall } from "../../powershell/types.ts";
import type { Ask } from "./endpoint-client.ts";
import { createShellScripts } from "./shell-scripts.ts";

const silent = fail({ kind: "unsupported", why: "powershell-silent" });
/** What PowerShell throws of a script that is none of the console's. */
const notKnown = fail({ kind: "unsupported", why: "powershell-script", detail: "System.Management.Automation.CommandNotFoundException, CommandNotFoundException" });

/** `client` makes a client whose connections break with a signal, as those of a process that was killed. */
export function shellsInProcess(client: (signal: AbortSignal) => Ask): OpenRemoteShell {
  return (secrets) => {
    const end = new AbortController();
    const scripts = createShellScripts(client(end.signal), { ...secrets });
    const inTurn = createTurns();

    const runNow = async ({ script, argument, timeoutMs, signal }: RemoteCall): Promise<Result<unknown>> => {
      if (signal?.aborted === true) return fail({ kind: "cancelled" });
      if (end.signal.aborted) return silent;
      const ran = scripts.run(script, argument).then((answer): Result<unknown> => (answer === null ? notKnown : succeed(answer)));
      let timer: NodeJS.Timeout | undefined;
      let onAbort = () => {};
      let onEnd = () => {};
      const ended = new Promise<Result<unknown>>((resolve) => {
        const stop = (fault: Fault) => {
          resolve(fail(fault));
          end.abort();
        };
        timer = setTimeout(() => stop({ kind: "timeout", phase: "powershell", afterMs: timeoutMs }), timeoutMs);
        onAbort = () => stop({ kind: "cancelled" });
        signal?.addEventListener("abort", onAbort);
        onEnd = () => resolve(silent);
        end.signal.addEventListener("abort", onEnd);
      });
      const result = await Promise.race([ended, ran]);
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      end.signal.removeEventListener("abort", onEnd);
      return result;
    };
    return { run: (call) => inTurn(() => runNow(call)), dispose: () => end.abort() };
  };
}
