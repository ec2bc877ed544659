/** Fields of an object with where each comes from, and what the first rows become while one types. */
import { Field, Select, Text, makeStyles, tokens } from "@fluentui/react-components";
import { useRef } from "react";
import type { FieldMapping, JobTarget } from "../../../shared/model/job.ts";
import { targetText } from "../../text/jobs.ts";
import { say } from "../../text/text.ts";
import { announce } from "../../ui/announce.ts";
import { issuesAt } from "./draft-issues.ts";
import { Within, problemOf } from "./fields.tsx";
import { fromColumn } from "./job-choices.ts";
import { MappingCard } from "./mapping-card.tsx";
import { MappingResults } from "./mapping-results.tsx";
import type { PartProps } from "./use-draft.ts";

const useStyles = makeStyles({
  stack: { display: "flex", flexDirection: "column", gap: "10px" },
  title: { margin: "0", fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground2 },
});

interface MappingListProps extends PartProps {
  readonly title: string;
  readonly hint: string;
  readonly targets: readonly JobTarget[];
}

export function MappingList({ draftKey, draft, settings, issues, change, title, hint, targets }: MappingListProps) {
  const styles = useStyles();
  const list = useRef<HTMLDivElement | null>(null);
  const { mapping } = settings;
  const shown = targets.filter((target) => mapping.some((field) => field.target === target));
  const open = targets.filter((target) => !shown.includes(target));
  const replace = (target: JobTarget, next: FieldMapping) => change({ mapping: mapping.map((field) => (field.target === target ? next : field)) });
  const add = (target: JobTarget) => {
    // A container is mostly the same for all.
    const field: FieldMapping = target === "container" ? { target, transform: { from: { kind: "static", text: "" }, steps: [] } } : fromColumn(target, "");
    change({ mapping: [...mapping, field] });
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-target="${target}"] select`)?.focus());
  };
  const remove = (target: JobTarget) => {
    change({ mapping: mapping.filter((field) => field.target !== target) });
    announce(say("job-editor.field-removed", { field: targetText(target) }));
  };
  return (
    <div ref={list} className={styles.stack}>
      <h3 className={styles.title}>{title}</h3>
      <Text className={styles.quiet}>{hint}</Text>
      {shown.length === 0 && <Text>{say("job-editor.mapping-none")}</Text>}
      {mapping.map((field, index) =>
        targets.includes(field.target) ? (
          <MappingCard
            key={field.target}
            storeId={draft.storeId}
            field={field}
            columns={draft.taken?.sample.facts.columns ?? []}
            issues={[...issuesAt(issues, "mapping", index), ...issuesAt(issues, "mapping", field.target)]}
            onField={(next) => replace(field.target, next)}
            onRemove={() => remove(field.target)}
          />
        ) : null,
      )}
      {open.length > 0 && (
        <Field label={<Within label={say("job-editor.add-field")} of={title} />} {...problemOf(issues.filter(({ path }) => path[0] === "mapping" && (path.length === 1 || open.some((target) => target === path[1]))))}>
          <Select
            value=""
            onChange={(_event, data) => {
              const target = open.find((one) => one === data.value);
              if (target !== undefined) add(target);
            }}
          >
            <option value="">{say("job-editor.add-field-choose")}</option>
            {open.map((target) => (
              <option key={target} value={target}>
                {targetText(target)}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <MappingResults key={draftKey} mapping={mapping.filter(({ target }) => targets.includes(target))} taken={draft.taken} />
    </div>
  );
}
