/** What rows are narrowed to: one kind of them, and words. */
import { Field, Input, Select, makeStyles } from "@fluentui/react-components";
import { say } from "../../text/text.ts";

const useStyles = makeStyles({
  bar: { display: "flex", flexWrap: "wrap", alignItems: "flex-end", gap: "8px 16px" },
  filter: { width: "240px", maxWidth: "100%" },
});

interface RowToolsProps<K extends string> {
  readonly kinds: readonly K[];
  readonly words: (kind: K) => string;
  /** Null: all of them. */
  readonly kind: K | null;
  readonly onKind: (kind: K | null) => void;
  readonly search: string;
  readonly onSearch: (search: string) => void;
}

export function RowTools<K extends string>({ kinds, words, kind, onKind, search, onSearch }: RowToolsProps<K>) {
  const styles = useStyles();
  return (
    <div className={styles.bar}>
      <Field className={styles.filter} label={say("job-run.rows-filter")}>
        <Select name="rows" value={kind ?? ""} onChange={(_event, data) => onKind(kinds.find((one) => one === data.value) ?? null)}>
          <option value="">{say("job-run.rows-all")}</option>
          {kinds.map((one) => (
            <option key={one} value={one}>
              {words(one)}
            </option>
          ))}
        </Select>
      </Field>
      <Field className={styles.filter} label={say("job-run.rows-search")}>
        <Input type="search" value={search} maxLength={255} spellCheck={false} autoComplete="off" onChange={(_event, data) => onSearch(data.value)} />
      </Field>
    </div>
  );
}
