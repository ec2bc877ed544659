/** What halts a run before anything is written. */
import { Text, makeStyles, tokens } from "@fluentui/react-components";
import type { JobLimit, LimitedAction } from "../../../shared/model/job.ts";
import { actionText } from "../../text/jobs.ts";
import { say } from "../../text/text.ts";
import { FormSection } from "../identity-stores/form-section.tsx";
import { issuesAt } from "./draft-issues.ts";
import { LinesBox, NumberBox } from "./fields.tsx";
import { LIMITED_ACTIONS } from "./job-choices.ts";
import type { PartProps } from "./use-draft.ts";

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
  limits: { margin: "0", padding: "0", border: "none", minWidth: "0", display: "grid", gridTemplateColumns: "repeat(auto-fill, minmax(min(220px, 100%), 1fr))", gap: "8px 16px" },
});

export function BrakesPart({ settings, issues, change }: PartProps) {
  const styles = useStyles();
  const { brakes } = settings;
  const { limits } = brakes;
  const set = (action: LimitedAction, limit: Partial<JobLimit>) => change({ brakes: { ...brakes, limits: { ...limits, [action]: { ...limits[action], ...limit } } } });
  return (
    <FormSection title={say("job-editor.part-brakes")} place="brakes">
      <Text className={styles.quiet}>{say("job-editor.brakes-intro")}</Text>
      <fieldset className={styles.limits} aria-label={say("job-editor.limits")}>
        {LIMITED_ACTIONS.flatMap((action) =>
          (["count", "percent"] as const).map((kind) => (
            <NumberBox
              key={`${action}-${kind}`}
              name={`${kind}-${action}`}
              label={say("job-editor.limit-of", { action: actionText(action), limit: say(`job-editor.limit-${kind}`).toLowerCase() })}
              value={limits[action][kind]}
              empty={null}
              issues={issuesAt(issues, "brakes", "limits", action, kind)}
              onValue={(value) => set(action, { [kind]: value })}
            />
          )),
        )}
      </fieldset>
      <NumberBox name="shrink" label={say("job-editor.shrink")} hint={say("job-editor.shrink-hint")} value={brakes.shrink} empty={null} issues={issuesAt(issues, "brakes", "shrink")} onValue={(value) => change({ brakes: { ...brakes, shrink: value } })} />
      <LinesBox
        name="protected"
        label={say("job-editor.protected")}
        hint={say("job-editor.protected-hint")}
        value={brakes.protected}
        issues={issuesAt(issues, "brakes", "protected")}
        onValue={(value) => change({ brakes: { ...brakes, protected: value } })}
      />
    </FormSection>
  );
}
