/** Objects that the directory holds: found, then mail-enabled or disabled. */
import { Button, Field, Input, makeStyles, tokens } from "@fluentui/react-components";
import { useRef, useState, type FormEvent } from "react";
import { useStore } from "zustand";
import type { Fault } from "../../../shared/fault.ts";
import type { FoundObject, MailAction } from "../../../shared/model/mail-object.ts";
import type { MailOffer } from "../../../shared/model/mail-plan.ts";
import type { Route } from "../../stores/routes.ts";
import { mailTypeText } from "../../text/mail-objects.ts";
import { say } from "../../text/text.ts";
import { announce } from "../../ui/announce.ts";
import { DataCell, DataRow, DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorBox } from "../../ui/error-box.tsx";
import { useDeed } from "../../ui/use-deed.ts";
import { WorkHere } from "../running-work/work-here.tsx";
import { findObjects, findings, type Finding } from "./finding.ts";
import { formOfFound, keyOf, objectForms, setForm } from "./form-state.ts";
import { ObjectEditor } from "./object-editor.tsx";
import { forgetRun, objectRuns } from "./runs.ts";
import { whyNot } from "./words.ts";

const useStyles = makeStyles({
  stack: { display: "flex", flexDirection: "column", gap: "12px" },
  bar: { display: "flex", flexWrap: "wrap", alignItems: "flex-end", gap: "8px" },
  text: { flexGrow: 1, maxWidth: "460px", minWidth: "min(220px, 100%)" },
  quiet: { color: tokens.colorNeutralForeground2 },
  dn: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, overflowWrap: "anywhere" },
});

const columns = () => [
  { title: say("mail-objects.found-name") },
  { title: say("mail-objects.found-type"), width: "150px" },
  { title: say("mail-objects.found-address"), width: "26%" },
  { title: say("mail-objects.found-actions"), width: "150px" },
];

function FoundRow({ found, onChoose }: { readonly found: FoundObject; readonly onChoose: (action: MailAction) => void }) {
  const styles = useStyles();
  const action = found.mailEnabled ? "disable" : "enable";
  return (
    <DataRow>
      <DataCell title={say("mail-objects.found-name")}>
        {found.name}
        <div className={styles.dn}>{found.identity}</div>
      </DataCell>
      <DataCell title={say("mail-objects.found-type")}>{found.type === null ? say("mail-objects.found-other") : mailTypeText(found.type)}</DataCell>
      <DataCell title={say("mail-objects.found-address")}>{found.address ?? <span className={styles.quiet}>{say("mail-objects.found-not-enabled")}</span>}</DataCell>
      <DataCell title={say("mail-objects.found-actions")}>
        {found.why !== null && <span className={styles.quiet}>{whyNot(found.why)}</span>}
        {found.why === null && found.type !== null && (
          <Button size="small" aria-label={say(`mail-objects.${action}-of`, { name: found.name })} onClick={() => onChoose(action)}>
            {say(`mail-objects.${action}`)}
          </Button>
        )}
      </DataCell>
    </DataRow>
  );
}

function FoundList({ finding, onChoose }: { readonly finding: Finding; readonly onChoose: (found: FoundObject, action: MailAction) => void }) {
  const styles = useStyles();
  if (finding.objects.length === 0) return <EmptyState title={say("mail-objects.found-none-title")} text={say("mail-objects.found-none-text")} />;
  return (
    <>
      <DataTable label={say("mail-objects.found-list")} columns={columns()}>
        {finding.objects.map((found) => (
          <FoundRow key={found.identity} found={found} onChoose={(action) => onChoose(found, action)} />
        ))}
      </DataTable>
      {finding.more && <span className={styles.quiet}>{say("mail-objects.found-more")}</span>}
    </>
  );
}

interface WayProps {
  readonly storeId: string;
  readonly offer: MailOffer;
  readonly route: Route;
}

export function FindWay({ storeId, offer, route }: WayProps) {
  const styles = useStyles();
  const key = keyOf(storeId, "find");
  const form = useStore(objectForms, ({ forms }) => forms.get(key));
  const running = useStore(objectRuns, ({ runs }) => runs.get(key)?.result === null);
  const finding = useStore(findings, (state) => state.byStore.get(storeId) ?? null);
  const [text, setText] = useState(finding?.text ?? "");
  const [fault, setFault] = useState<Fault | null>(null);
  const box = useRef<HTMLInputElement | null>(null);
  const find = useDeed(async (wanted: string) => {
    setFault(null);
    const found = await findObjects(storeId, wanted, route);
    if (!found.ok && found.fault.kind !== "cancelled") setFault(found.fault);
    if (found.ok) announce(say("mail-objects.found-announce", { count: found.value.objects.length }));
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === "") box.current?.focus();
    else void find(text.trim());
  };
  const choose = (found: FoundObject, action: MailAction) => {
    if (found.type !== null) setForm(key, formOfFound(found, action, found.type));
  };
  const back = () => {
    forgetRun(key);
    setForm(key, null);
    // What was done shows in the list, too.
    if (finding !== null) void find(finding.text);
  };
  if (form !== undefined) {
    const title = say(form.action === "disable" ? "mail-objects.disable-section" : "mail-objects.enable-title", { name: form.name });
    return (
      <div className={styles.stack}>
        <div>
          {/* What runs is kept by the page, not by the object: the next one would be shown with the steps of this one. */}
          <Button size="small" disabledFocusable={running} onClick={back}>
            {say("mail-objects.back")}
          </Button>
        </div>
        <ObjectEditor key={form.identity} storeId={storeId} formKey={key} form={form} offer={offer} title={title} route={route} onNext={back} />
      </div>
    );
  }
  return (
    <div className={styles.stack}>
      <form className={styles.bar} noValidate onSubmit={submit}>
        <Field className={styles.text} label={say("mail-objects.find-label")}>
          <Input
            ref={(element: HTMLInputElement | null) => {
              box.current = element;
            }}
            type="search"
            maxLength={2048}
            spellCheck={false}
            autoComplete="off"
            value={text}
            onChange={(_event, data) => setText(data.value)}
          />
        </Field>
        <Button type="submit" appearance="primary">
          {say("mail-objects.find")}
        </Button>
      </form>
      <WorkHere />
      {fault !== null && <ErrorBox fault={fault} />}
      {finding !== null && <FoundList finding={finding} onChoose={choose} />}
    </div>
  );
}
