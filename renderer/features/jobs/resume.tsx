/** Goes on with a run that did not come to its end, or tries again what failed in it. Whoever does enters the first password again: the console keeps none. */
import { Button, Text } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import type { JobRow, JobRun } from "../../../shared/model/job-run.ts";
import { succeed, type Result } from "../../../shared/result.ts";
import { canGoOn } from "../../../shared/rules/job-run.ts";
import { needsPassword } from "../../../shared/rules/mail-types.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { say } from "../../text/text.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { PasswordField } from "../mail-objects/password-field.tsx";
import { ROW_STATES } from "./job-choices.ts";
import { rowPages } from "./row-pages.ts";

const OPEN = ROW_STATES.filter((state) => state !== "done");

/** Whether users are still to be made, with a password that somebody enters: by the job as it is now, as main goes by it. */
async function asksPasswordOf({ id, storeId, job }: Pick<JobRun, "id" | "storeId" | "job">, signal: AbortSignal): Promise<Result<boolean>> {
  const read = await client().jobs.get({ storeId, job }, { signal });
  // Passwords of a job that is gone are handed over to nobody.
  if (!read.ok && read.fault.kind !== "not-found") return read;
  if (read.ok && read.value.job.password.kind !== "typed") return succeed(false);
  for await (const page of rowPages<JobRow>((place) => client().jobs.rows({ run: id, states: OPEN, search: "", ...place }, { signal }))) {
    if (!page.ok) return page;
    if (page.value.rows.some(({ request, object }) => request !== null && needsPassword({ request, object }))) return succeed(true);
  }
  return succeed(false);
}

/** False until it is known, and where it cannot be told: main refuses then, and says that one is missing. */
function useAsksPassword({ id, storeId, job, planned }: JobRun, isOffered: boolean): boolean {
  const mayAsk = isOffered && (planned["create"] ?? 0) > 0;
  const [asks, setAsks] = useState(false);
  useEffect(() => {
    if (!mayAsk) return undefined;
    const stop = new AbortController();
    void ask(() => asksPasswordOf({ id, storeId, job }, stop.signal), stop.signal).then((answer) => {
      if (!stop.signal.aborted) setAsks(answer.ok && answer.value);
    });
    return () => stop.abort();
  }, [id, storeId, job, mayAsk]);
  return asks;
}

interface ResumeProps {
  readonly run: JobRun;
  readonly busy: boolean;
  readonly onResume: (password: string | null) => void;
}

export function Resume({ run, busy, onResume }: ResumeProps) {
  const [asks, setAsks] = useState(false);
  const [password, setPassword] = useState("");
  const isOffered = canGoOn(run);
  const asksPassword = useAsksPassword(run, isOffered);
  // What is asked, or has the focus while it goes on, is not taken away by what the run becomes meanwhile.
  if (!isOffered && !asks && !busy) return null;
  const answer = (confirmed: boolean) => {
    const given = password;
    setAsks(false);
    setPassword("");
    if (confirmed) onResume(asksPassword ? given : null);
  };
  return (
    <>
      <div>
        <Button appearance="primary" disabledFocusable={busy} onClick={() => setAsks(true)}>
          {say("job-run.resume")}
        </Button>
      </div>
      <ConfirmDialog open={asks} title={say("job-run.resume-dialog")} confirmLabel={say("job-run.resume")} confirmDisabled={asksPassword && password === ""} field={asksPassword} onAnswer={answer}>
        <Text>{say("job-run.resume-text")}</Text>
        {asksPassword && <PasswordField label={say("job-run.password-resume")} required value={password} problem={null} onValue={setPassword} />}
      </ConfirmDialog>
    </>
  );
}
