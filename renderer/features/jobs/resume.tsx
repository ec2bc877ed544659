/** Goes on with a run that was interrupted or cancelled. Whoever does enters the first password again: the console keeps none. */
import { Button, Text } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import type { JobRun } from "../../../shared/model/job-run.ts";
import { isUserType } from "../../../shared/rules/mail-types.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { say } from "../../text/text.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { PasswordField } from "../mail-objects/password-field.tsx";

const isResumable = ({ state }: JobRun): boolean => state === "interrupted" || state === "cancelled";

/** Whether users are made with a password that somebody enters, as far as the job still says so. */
function useAsksPassword({ storeId, job, planned }: JobRun): boolean {
  const makes = (planned["create"] ?? 0) > 0;
  const [asks, setAsks] = useState(false);
  useEffect(() => {
    if (!makes) return undefined;
    const stop = new AbortController();
    void ask(() => client().jobs.get({ storeId, job }, { signal: stop.signal }), stop.signal).then((answer) => {
      if (!stop.signal.aborted && answer.ok) setAsks(isUserType(answer.value.job.type) && answer.value.job.password.kind === "typed");
    });
    return () => stop.abort();
  }, [storeId, job, makes]);
  return makes && asks;
}

interface ResumeProps {
  readonly run: JobRun;
  readonly busy: boolean;
  readonly onResume: (password: string | null) => void;
}

export function Resume({ run, busy, onResume }: ResumeProps) {
  const [asks, setAsks] = useState(false);
  const [password, setPassword] = useState("");
  const asksPassword = useAsksPassword(run);
  // What is asked, or has the focus while it goes on, is not taken away by what the run becomes meanwhile.
  if (!isResumable(run) && !asks && !busy) return null;
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
