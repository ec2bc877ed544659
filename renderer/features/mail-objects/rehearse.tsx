/** What if servers fail: chosen one by one, and what would come of it. Nothing is sent to any of them. */
import { Button, Field, Select, makeStyles } from "@fluentui/react-components";
import { useId, useState } from "react";
import type { Fault } from "../../../shared/fault.ts";
import type { MailRequest } from "../../../shared/model/mail-object.ts";
import { serverFailures, type Rehearsal, type ServerFailure } from "../../../shared/model/mail-plan.ts";
import type { Result } from "../../../shared/result.ts";
import { ask } from "../../host/ask.ts";
import { client } from "../../host/client.ts";
import { rehearsalEnd, rehearsedMoves } from "../../text/mail-plan.ts";
import { say } from "../../text/text.ts";
import { announce } from "../../ui/announce.ts";
import { useBoundResult } from "../../ui/bound-result.ts";
import { ErrorBox } from "../../ui/error-box.tsx";
import { useDeed } from "../../ui/use-deed.ts";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", alignItems: "flex-start", gap: "10px" },
  choices: { display: "grid", gridTemplateColumns: "repeat(auto-fill, minmax(min(260px, 100%), 1fr))", gap: "8px 16px", alignSelf: "stretch" },
  choice: { minWidth: "0", "& .fui-Select": { minWidth: "0" }, "& select": { minWidth: "0" } },
  list: { margin: "0", paddingLeft: "20px", overflowWrap: "anywhere" },
  text: { margin: "0" },
});

type Failures = Readonly<Record<string, ServerFailure>>;

interface RehearseProps {
  readonly storeId: string;
  readonly request: MailRequest;
  /** From the first to the last that is tried. */
  readonly servers: readonly string[];
}

export function Rehearse({ storeId, request, servers }: RehearseProps) {
  const styles = useStyles();
  const id = useId();
  const [open, setOpen] = useState(false);
  const [failures, setFailures] = useState<Failures>({});
  const input = [JSON.stringify(request), JSON.stringify(failures)];
  const rehearsed = useBoundResult<Result<Rehearsal>>(input);
  const run = useDeed(async () => {
    const answer = await ask(() => client().mailObjects.rehearse({ storeId, request, failures: { ...failures } }));
    rehearsed.take(answer, input);
    if (answer.ok) announce(rehearsalEnd(answer.value));
  });
  const fail = (server: string, value: string) => {
    const failure = serverFailures.find((one) => one === value);
    setFailures((before) => {
      const { [server]: _gone, ...others } = before;
      return failure === undefined ? others : { ...others, [server]: failure };
    });
  };
  const { current } = rehearsed;
  const fault: Fault | null = current?.ok === false ? current.fault : null;
  return (
    <div className={styles.root}>
      <Button size="small" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        {say("mail-objects.rehearse-title")}
      </Button>
      {open && (
        <section id={id} className={styles.root} aria-label={say("mail-objects.rehearse-title")} style={{ alignSelf: "stretch" }}>
          <p className={styles.text}>{say("mail-objects.rehearse-text")}</p>
          <div className={styles.choices}>
            {servers.map((server) => (
              <Field key={server} className={styles.choice} label={server}>
                <Select value={failures[server] ?? ""} onChange={(_event, data) => fail(server, data.value)}>
                  <option value="">{say("mail-objects.rehearse-works")}</option>
                  {serverFailures.map((failure) => (
                    <option key={failure} value={failure}>
                      {say(`mail-objects.failure-${failure}`)}
                    </option>
                  ))}
                </Select>
              </Field>
            ))}
          </div>
          <Button onClick={() => void run()}>{say("mail-objects.rehearse")}</Button>
          {fault !== null && <ErrorBox fault={fault} />}
          {current?.ok === true && (
            <>
              <ol className={styles.list} aria-label={say("mail-objects.rehearsed-moves")}>
                {rehearsedMoves(current.value).map((move, index) => (
                  <li key={index}>{move}</li>
                ))}
              </ol>
              <p className={styles.text}>
                <strong>{rehearsalEnd(current.value)}</strong>
              </p>
            </>
          )}
        </section>
      )}
    </div>
  );
}
