/** What a user is to have directly, subscription by subscription. */
import { Checkbox, makeStyles } from "@fluentui/react-components";
import type { LicenceHolder } from "../../../shared/model/licence.ts";
import type { Subscription } from "../../../shared/model/subscription.ts";
import { freeSeats } from "../../../shared/rules/subscription.ts";
import { formatCount } from "../../text/format.ts";
import { say } from "../../text/text.ts";
import { DataCell, DataRow, DataTable } from "../../ui/data-table.tsx";
import { ProductWords } from "./product-words.tsx";
import { holderName } from "./words.ts";

const useStyles = makeStyles({
  // Its words stand on the line of the other cells.
  box: { marginBlock: "-7px", marginLeft: "-8px" },
});

interface LicenceChoiceProps {
  readonly holder: LicenceHolder;
  /** Those that users can be given, in their order. */
  readonly offered: readonly Subscription[];
  readonly disabled: boolean;
  readonly isTicked: (id: string) => boolean;
  readonly onTick: (id: string, ticked: boolean) => void;
}

export function LicenceChoice({ holder, offered, disabled, isTicked, onTick }: LicenceChoiceProps) {
  const styles = useStyles();
  const columns = [{ title: say("licences.column-direct") }, { title: say("licences.column-free"), width: "84px", numeric: true }, { title: say("licences.column-group"), width: "23%" }];
  const isByGroup = (id: string) => holder.licences.some(({ subscription, group }) => subscription === id && group !== null);
  return (
    <DataTable label={say("licences.change-table", { name: holderName(holder) })} columns={columns}>
      {offered.map((subscription) => (
        <DataRow key={subscription.id}>
          <DataCell title={say("licences.column-direct")}>
            <Checkbox
              className={styles.box}
              label={<ProductWords partNumber={subscription.partNumber} />}
              checked={isTicked(subscription.id)}
              disabled={disabled}
              onChange={(_event, data) => onTick(subscription.id, data.checked === true)}
            />
          </DataCell>
          <DataCell title={say("licences.column-free")} numeric>
            {formatCount(freeSeats(subscription))}
          </DataCell>
          <DataCell title={say("licences.column-group")}>{say(isByGroup(subscription.id) ? "licences.group-yes" : "licences.group-no")}</DataCell>
        </DataRow>
      ))}
    </DataTable>
  );
}
