/** The user that was found: who that is, where, and by what ways which licences are there. */
import { Text, makeStyles, tokens } from "@fluentui/react-components";
import type { LicenceHolder, UserLicence } from "../../../shared/model/licence.ts";
import type { Subscription } from "../../../shared/model/subscription.ts";
import { partNumberOf } from "../../../shared/rules/subscription.ts";
import { say } from "../../text/text.ts";
import { DataCell, DataRow, DataTable } from "../../ui/data-table.tsx";
import { ProductWords } from "./product-words.tsx";
import { holderName } from "./words.ts";

const useStyles = makeStyles({
  stack: { display: "flex", flexDirection: "column", gap: "8px" },
  name: { margin: "0", fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold, overflowWrap: "anywhere" },
  facts: { display: "flex", flexWrap: "wrap", gap: "2px 20px", margin: "0", "& > div": { display: "flex", gap: "6px" }, "& dt": { color: tokens.colorNeutralForeground2 }, "& dd": { margin: "0", overflowWrap: "anywhere" } },
});

function LicenceRow({ licence: { subscription, group, groupName, state, problem }, subscriptions }: { readonly licence: UserLicence; readonly subscriptions: readonly Subscription[] }) {
  return (
    <DataRow>
      <DataCell title={say("licences.column-product")}>
        <ProductWords partNumber={partNumberOf(subscriptions, subscription)} />
      </DataCell>
      <DataCell title={say("licences.column-how")}>{group === null ? say("licences.how-direct") : say("licences.how-group", { group: groupName ?? group })}</DataCell>
      <DataCell title={say("licences.column-state")}>
        {say(`licences.state-${state}`)}
        {problem !== null && <div>{say("licences.problem", { problem })}</div>}
      </DataCell>
    </DataRow>
  );
}

interface HeldLicencesProps {
  readonly holder: LicenceHolder;
  readonly subscriptions: readonly Subscription[];
}

export function HeldLicences({ holder, subscriptions }: HeldLicencesProps) {
  const styles = useStyles();
  const name = holderName(holder);
  const columns = [{ title: say("licences.column-product") }, { title: say("licences.column-how"), width: "28%" }, { title: say("licences.column-state"), width: "32%" }];
  return (
    <div className={styles.stack}>
      <h3 className={styles.name}>{name}</h3>
      <dl className={styles.facts}>
        <div>
          <dt>{say("licences.sign-in-name")}</dt>
          <dd>{holder.signInName}</dd>
        </div>
        <div>
          <dt>{say("licences.usage-location")}</dt>
          <dd>{holder.usageLocation ?? say("licences.usage-location-none")}</dd>
        </div>
      </dl>
      {holder.licences.length === 0 ? (
        <Text>{say("licences.held-none", { name })}</Text>
      ) : (
        <DataTable label={say("licences.held", { name })} columns={columns}>
          {holder.licences.map((licence) => (
            <LicenceRow key={`${licence.subscription} ${licence.group ?? ""}`} licence={licence} subscriptions={subscriptions} />
          ))}
        </DataTable>
      )}
    </div>
  );
}
