/** When the job runs by itself. */
import { Field, MessageBar, MessageBarBody, Radio, RadioGroup, makeStyles } from "@fluentui/react-components";
import { useState } from "react";
import type { Schedule } from "../../../shared/model/schedule.ts";
import { client } from "../../host/client.ts";
import { formatDateTime, formatDateTimeIn, localTimeZone } from "../../text/format.ts";
import { jobIssueText } from "../../text/jobs.ts";
import { say } from "../../text/text.ts";
import { ErrorBox } from "../../ui/error-box.tsx";
import { FormSection } from "../identity-stores/form-section.tsx";
import { BoxGroup } from "./box-group.tsx";
import { issuesAt } from "./draft-issues.ts";
import { Choice, TextBox } from "./fields.tsx";
import { MISSED } from "./job-choices.ts";
import { EVERY, readPattern, writePattern, type FriendlyPattern } from "./schedule-pattern.ts";
import type { PartProps } from "./use-draft.ts";
import { useRested } from "./use-rested.ts";

const useStyles = makeStyles({
  list: { margin: "0", paddingLeft: "20px" },
  title: { margin: "0" },
});

const KINDS = ["minutes", "daily", "weekly", "own"] as const;
/** From Monday, as the week begins where most of this is used. */
const DAYS = [1, 2, 3, 4, 5, 6, 0] as const;
const EVERY_WORDS = EVERY.map(String);

interface FriendlyProps {
  readonly friendly: FriendlyPattern;
  readonly onPattern: (pattern: string) => void;
}

function FriendlyFields({ friendly, onPattern }: FriendlyProps) {
  const { kind, days } = friendly;
  if (kind === "own") return null;
  const set = (change: Partial<FriendlyPattern>) => onPattern(writePattern({ ...friendly, ...change, kind }));
  if (kind === "minutes") {
    return <Choice name="every" label={say("job-editor.every")} value={String(friendly.every)} of={EVERY_WORDS} words={(one) => one} onValue={(every) => set({ every: Number(every) })} />;
  }
  return (
    <>
      {kind === "weekly" && (
        <BoxGroup label={say("job-editor.days")} of={DAYS} words={(day) => say(`job-editor.day-${day}`)} ticked={DAYS.filter((day) => days.includes(day))} onTicked={(ticked) => set({ days: ticked })} />
      )}
      <TimeField time={friendly.time} onTime={(time) => set({ time })} />
    </>
  );
}

/** What is half typed stays, and is no time yet. */
function TimeField({ time, onTime }: { readonly time: string; readonly onTime: (time: string) => void }) {
  const [typed, setTyped] = useState({ text: time, of: time });
  const shown = typed.of === time ? typed.text : time;
  const type = (text: string) => {
    const found = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text.trim());
    const next = found === null ? time : `${(found[1] ?? "").padStart(2, "0")}:${found[2] ?? ""}`;
    setTyped({ text, of: next });
    if (next !== time) onTime(next);
  };
  return <TextBox name="time" label={say("job-editor.time")} value={shown} most={5} onValue={type} />;
}

/** In the schedule's own time zone; in this computer's where main knows one that this browser does not. */
function momentText(at: number, timeZone: string): string {
  try {
    return formatDateTimeIn(at, timeZone);
  } catch {
    return formatDateTime(at);
  }
}

/** The next moments of a schedule as it stands there. */
function NextRuns({ schedule: { pattern, timeZone } }: { readonly schedule: Schedule }) {
  const styles = useStyles();
  const isWhole = pattern.trim() !== "" && timeZone.trim() !== "";
  const { value, fault } = useRested<number[]>(isWhole ? JSON.stringify([pattern, timeZone]) : null, (signal) => client().jobs.nextRuns({ pattern, timeZone }, { signal }));
  if (fault !== null && fault.kind !== "invalid") return <ErrorBox fault={fault} />;
  if (fault !== null) return <p className={styles.title}>{fault.issues.map(jobIssueText).join(" ")}</p>;
  if (value === null) return null;
  if (value.length === 0) return <p className={styles.title}>{say("job-editor.next-runs-none")}</p>;
  return (
    <>
      <p className={styles.title}>{say("job-editor.next-runs")}</p>
      <ul className={styles.list} aria-label={say("job-editor.next-runs")}>
        {value.map((at) => (
          <li key={at}>{momentText(at, timeZone)}</li>
        ))}
      </ul>
    </>
  );
}

export function SchedulePart({ settings, issues, change }: PartProps) {
  const { schedule, enabled } = settings;
  const read = schedule === null ? null : readPattern(schedule.pattern);
  /** Whoever writes a pattern of their own goes on with it, also where it is one that has a friendlier form. */
  const [own, setOwn] = useState(read?.kind === "own");
  const kind = schedule === null ? "off" : own || read === null ? "own" : read.kind;
  const choose = (chosen: string) => {
    const next = KINDS.find((one) => one === chosen);
    setOwn(next === "own");
    if (next === undefined) {
      change({ schedule: null });
      return;
    }
    const base = schedule ?? { pattern: "0 6 * * *", timeZone: localTimeZone(), missed: "ask" as const };
    change({ schedule: next === "own" ? base : { ...base, pattern: writePattern({ ...readPattern(base.pattern), kind: next }) } });
  };
  return (
    <FormSection title={say("job-editor.part-schedule")} place="schedule">
      <Field label={say("job-editor.schedule-kind")}>
        <RadioGroup value={kind} onChange={(_event, data) => choose(data.value)}>
          {(["off", ...KINDS] as const).map((one) => (
            <Radio key={one} value={one} label={say(`job-editor.schedule-${one}`)} />
          ))}
        </RadioGroup>
      </Field>
      {schedule !== null && (
        <>
          {kind === "own" ? (
            <TextBox
              name="pattern"
              label={say("job-editor.pattern")}
              hint={say("job-editor.pattern-hint")}
              value={schedule.pattern}
              most={100}
              issues={issuesAt(issues, "schedule", "pattern")}
              onValue={(pattern) => change({ schedule: { ...schedule, pattern } })}
            />
          ) : (
            read !== null && <FriendlyFields friendly={read} onPattern={(pattern) => change({ schedule: { ...schedule, pattern } })} />
          )}
          <TextBox
            name="timeZone"
            label={say("job-editor.time-zone")}
            hint={say("job-editor.time-zone-hint")}
            value={schedule.timeZone}
            most={64}
            offered={Intl.supportedValuesOf("timeZone")}
            issues={issuesAt(issues, "schedule", "timeZone")}
            onValue={(timeZone) => change({ schedule: { ...schedule, timeZone } })}
          />
          <Choice name="missed" label={say("job-editor.missed")} value={schedule.missed} of={MISSED} words={(one) => say(`job-editor.missed-${one}`)} onValue={(missed) => change({ schedule: { ...schedule, missed } })} />
          {!enabled && (
            <MessageBar intent="warning" layout="multiline">
              <MessageBarBody>{say("job-editor.schedule-disabled")}</MessageBarBody>
            </MessageBar>
          )}
          <NextRuns schedule={schedule} />
        </>
      )}
    </FormSection>
  );
}
