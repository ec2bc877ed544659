/** Which column of a file holds what. */
import { Button, Field, Select, makeStyles, tokens } from "@fluentui/react-components";
import type { Route } from "../../stores/routes.ts";
import { say } from "../../text/text.ts";
import { useDeed } from "../../ui/use-deed.ts";
import { FormSection } from "../identity-stores/form-section.tsx";
import { MAIL_COLUMNS } from "./columns.ts";
import { changeFile, isBusy, readMailFile, type MailFile } from "./file-state.ts";
import { announceRead } from "./words.ts";

const useStyles = makeStyles({
  columns: { display: "grid", gridTemplateColumns: "repeat(auto-fill, minmax(min(200px, 100%), 1fr))", gap: "8px 16px" },
  quiet: { margin: "0", color: tokens.colorNeutralForeground2 },
});

interface FileColumnsProps {
  readonly storeId: string;
  readonly route: Route;
  readonly state: MailFile;
}

/** Stands as soon as the columns' names are known, and from then on while the file is read again. */
export function FileColumns({ storeId, route, state }: FileColumnsProps) {
  const styles = useStyles();
  const { mapping, batch } = state;
  const read = useDeed(async () => announceRead(await readMailFile(storeId, route)));
  const columns = [...new Set([...(batch?.columns ?? []), ...Object.values(mapping ?? {}).filter((column) => column !== null)])];
  return (
    <FormSection title={say("mail-file.section-columns")}>
      <p className={styles.quiet}>{say("mail-file.columns-hint")}</p>
      {mapping !== null && (
        <div className={styles.columns}>
          {MAIL_COLUMNS.map((property) => (
            <Field key={property} label={say(`mail-objects.column-${property}`)}>
              <Select
                value={mapping[property] ?? ""}
                onChange={(_event, data) => changeFile(storeId, { mapping: { ...mapping, [property]: data.value === "" ? null : data.value } })}
              >
                <option value="">{say("mail-file.column-none")}</option>
                {columns.map((column) => (
                  <option key={column} value={column}>
                    {column}
                  </option>
                ))}
              </Select>
            </Field>
          ))}
        </div>
      )}
      <div>
        <Button disabledFocusable={isBusy(state)} onClick={() => void read()}>{say("mail-file.read")}</Button>
      </div>
    </FormSection>
  );
}
