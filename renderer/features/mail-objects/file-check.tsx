/** What is wrong with the lines of a file, and the way on where nothing is. */
import { Button, MessageBar, MessageBarBody, makeStyles, tokens } from "@fluentui/react-components";
import type { MailBatch } from "../../../shared/contract/mail-objects.ts";
import type { MailOffer } from "../../../shared/model/mail-plan.ts";
import type { Route } from "../../stores/routes.ts";
import { formatCount } from "../../text/format.ts";
import { mailIssueText, mailTypeText } from "../../text/mail-objects.ts";
import { orderLines } from "../../text/mail-plan.ts";
import { say } from "../../text/text.ts";
import { DataCell, DataRow, DataTable } from "../../ui/data-table.tsx";
import { useDeed } from "../../ui/use-deed.ts";
import { FormSection } from "../identity-stores/form-section.tsx";
import { applyMailFile, changeFile, isBusy, isStale, type MailFile } from "./file-state.ts";
import { PasswordField } from "./password-field.tsx";
import { Lines } from "./plan-card.tsx";
import { announceDone, issueField } from "./words.ts";
import { isUserType } from "../../../shared/rules/mail-types.ts";

const useStyles = makeStyles({ quiet: { margin: "0", color: tokens.colorNeutralForeground2 } });

function Refused({ batch }: { readonly batch: MailBatch }) {
  const styles = useStyles();
  const [line, name, why] = [say("mail-file.line"), say("mail-file.name"), say("mail-file.why")];
  return (
    <>
      <MessageBar intent="error" layout="multiline">
        <MessageBarBody>{say("mail-file.refused", { count: batch.refused })}</MessageBarBody>
      </MessageBar>
      <DataTable label={say("mail-file.refused-list")} columns={[{ title: line, width: "72px" }, { title: name, width: "28%" }, { title: why }]}>
        {batch.lines.map((refused) => (
          <DataRow key={refused.line}>
            <DataCell title={line}>{formatCount(refused.line)}</DataCell>
            <DataCell title={name}>{refused.name}</DataCell>
            <DataCell title={why}>
              {refused.issues.map((issue, index) => (
                <div key={index}>{say("mail-file.issue", { field: issueField(issue), issue: mailIssueText(issue) })}</div>
              ))}
            </DataCell>
          </DataRow>
        ))}
      </DataTable>
      {batch.lines.length < batch.refused && <p className={styles.quiet}>{say("mail-file.refused-first", { shown: formatCount(batch.lines.length) })}</p>}
    </>
  );
}

function Sample({ batch }: { readonly batch: MailBatch }) {
  const titles = [say("mail-file.name"), say("mail-objects.type"), say("mail-file.sample-address"), say("mail-file.sample-where")] as const;
  return (
    <DataTable label={say("mail-file.sample-list")} columns={titles.map((title) => ({ title }))}>
      {batch.sample.map(({ request, address, dn }, index) => (
        <DataRow key={index}>
          <DataCell title={titles[0]}>{request.name}</DataCell>
          <DataCell title={titles[1]}>{mailTypeText(request.type)}</DataCell>
          <DataCell title={titles[2]}>{address ?? say("mail-file.sample-policy")}</DataCell>
          <DataCell title={titles[3]}>{dn ?? request.container ?? ""}</DataCell>
        </DataRow>
      ))}
    </DataTable>
  );
}

interface FileCheckProps {
  readonly storeId: string;
  readonly offer: MailOffer;
  readonly route: Route;
  readonly state: MailFile;
  readonly batch: MailBatch;
}

export function FileCheck({ storeId, offer, route, state, batch }: FileCheckProps) {
  const styles = useStyles();
  const apply = useDeed(async () => announceDone(await applyMailFile(storeId, route)));
  const [first] = batch.sample;
  const stale = isStale(state);
  const mayHoldUsers = offer.types.some(({ type, why }) => why === null && isUserType(type));
  return (
    <FormSection title={say("mail-file.section-check")}>
      <p className={styles.quiet}>
        {say("mail-file.objects", { count: batch.objects })}. {batch.refused === 0 && say("mail-file.refused-none")}
      </p>
      {batch.refused > 0 && <Refused batch={batch} />}
      {batch.sample.length > 0 && <Sample batch={batch} />}
      {first !== undefined && <Lines ordered lines={orderLines(first)} />}
      {batch.refused === 0 && mayHoldUsers && (
        <PasswordField label={say("mail-file.password")} required={false} value={state.password} problem={null} onValue={(value) => changeFile(storeId, { password: value })} />
      )}
      {stale && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{say("mail-file.read-changed")}</MessageBarBody>
        </MessageBar>
      )}
      <div>
        <Button appearance="primary" disabledFocusable={batch.refused > 0 || stale || isBusy(state)} onClick={() => void apply()}>
          {say("mail-file.apply", { count: batch.objects })}
        </Button>
      </div>
    </FormSection>
  );
}
