/** The jobs of every identity store. */
import { mailTypeText } from "../../../../renderer/text/mail-objects.ts";
import { runStateText } from "../../../../renderer/text/jobs.ts";
import { say } from "../../../../renderer/text/text.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { isoTime, print, table } from "../output.ts";
import { take } from "../take.ts";
import type { VerbContext } from "../verb.ts";

export async function list(context: VerbContext): Promise<ExitCode> {
  const client = await context.client();
  const jobs = take(await client.jobs.list());
  const columns = [say("jobs.column-name"), say("jobs.column-store"), say("mail-objects.type"), say("jobs.column-source"), say("jobs.column-enabled"), say("jobs.column-last"), say("job-verbs.column-last-state"), say("jobs.column-next")];
  print(context, jobs, () =>
    jobs.length === 0
      ? say("job-verbs.none")
      : table(
          columns,
          jobs.map(({ name, storeName, type, source, enabled, lastRun, nextRun }) => [
            name,
            storeName,
            mailTypeText(type),
            source.path,
            say(enabled ? "job-verbs.enabled-yes" : "job-verbs.enabled-no"),
            isoTime(lastRun?.at ?? null),
            lastRun === null ? null : runStateText(lastRun.state),
            isoTime(nextRun),
          ]),
        ),
  );
  return exitCodes.ok;
}
