/** Identity stores in the team's database that are not what one of its consoles saved. */
import { makeStyles } from "@fluentui/react-components";
import type { TeamData } from "../../../stores/data-state.ts";
import { explain } from "../../../text/fault.ts";
import { say } from "../../../text/text.ts";
import { DataCell, DataRow, DataTable } from "../../../ui/data-table.tsx";
import { Card } from "../cards.tsx";

const useStyles = makeStyles({ text: { margin: "0", maxWidth: "70ch" }, next: { display: "block" } });

export function RefusedStores({ refused }: { readonly refused: TeamData["refused"] }) {
  const styles = useStyles();
  if (refused.length === 0) return null;
  const [store, why] = [say("data.column-store"), say("data.column-why")];
  return (
    <Card title={say("data.refused")}>
      <p className={styles.text}>{say("data.refused-text")}</p>
      <DataTable label={say("data.refused")} columns={[{ title: store, width: "220px" }, { title: why }]}>
        {refused.map(({ id, name, fault }) => {
          const { sentence, nextStep } = explain(fault);
          return (
            <DataRow key={id}>
              <DataCell title={store}>{name ?? say("data.refused-nameless", { id })}</DataCell>
              <DataCell title={why}>
                {sentence} <span className={styles.next}>{nextStep}</span>
              </DataCell>
            </DataRow>
          );
        })}
      </DataTable>
    </Card>
  );
}
