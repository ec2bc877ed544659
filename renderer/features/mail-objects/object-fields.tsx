/** The fields of one mail object, each with what is wrong with it beside it. */
import { Field, Input, Select, makeStyles, tokens } from "@fluentui/react-components";
import type { Issue } from "../../../shared/fault.ts";
import type { MailObjectType, MailRequest } from "../../../shared/model/mail-object.ts";
import type { MailOffer } from "../../../shared/model/mail-plan.ts";
import { explain } from "../../text/fault.ts";
import { mailIssueText, mailTypeText } from "../../text/mail-objects.ts";
import { say } from "../../text/text.ts";
import { typedBox } from "../../ui/typed.ts";
import { ContainerPicker } from "./container-picker.tsx";
import { fillIn, hasAccountName, needsPassword, type ObjectForm } from "./form-state.ts";
import { PasswordField } from "./password-field.tsx";
import type { Check } from "./use-plan.ts";
import { whyNot } from "./words.ts";
import { isForwardedType, isUserType } from "../../../shared/rules/mail-types.ts";

const useStyles = makeStyles({
  check: { display: "block", minHeight: tokens.lineHeightBase300, color: tokens.colorNeutralForeground2 },
  list: { margin: "4px 0 0", paddingLeft: "20px", color: tokens.colorNeutralForeground2 },
  select: { maxWidth: "460px" },
  address: { margin: "0", overflowWrap: "anywhere" },
  term: { color: tokens.colorNeutralForeground2 },
});

export interface ObjectFieldsProps {
  readonly storeId: string;
  readonly formKey: string;
  readonly form: ObjectForm;
  readonly offer: MailOffer;
  readonly request: MailRequest;
  readonly check: Check;
  /** Issues of what is missing are told once the plan was asked for. */
  readonly asked: boolean;
}

type Problems = (property: keyof MailRequest | "password") => string | null;

/** Beside a box that is still empty nothing is wrong until the plan was asked for. */
function problemsOf({ check, request, asked, form }: ObjectFieldsProps): Problems {
  const issues: readonly Issue[] = check.plan?.issues ?? [];
  return (property) => {
    if (property === "password") return asked && needsPassword(request) && form.password === "" ? say("mail-objects.password-needed") : null;
    const value = request[property];
    if (!asked && (value === null || value === "")) return null;
    const mine = issues.filter(({ path }) => path[0] === property);
    return mine.length === 0 ? null : mine.map(mailIssueText).join(" ");
  };
}

const told = (problem: string | null) => (problem === null ? {} : { validationMessage: problem, validationState: "error" as const });

/** The kinds among which there is a choice: what the directory holds as a user stays one. */
function choices({ form, offer }: ObjectFieldsProps): readonly MailObjectType[] {
  const possible = offer.types.filter(({ why }) => why === null).map(({ type }) => type);
  if (form.action === "create") return possible;
  return form.action === "enable" && isUserType(form.type) ? possible.filter(isUserType) : [form.type];
}

function TypeField(props: ObjectFieldsProps) {
  const styles = useStyles();
  const { form, formKey, offer } = props;
  const possible = choices(props);
  const not = form.action === "create" ? offer.types.filter(({ why }) => why !== null) : [];
  return (
    <div>
      <Field label={say("mail-objects.type")}>
        <Select name="type" className={styles.select} value={form.type} onChange={(_event, data) => fillIn(formKey, { type: possible.find((type) => type === data.value) ?? form.type })}>
          {possible.map((type) => (
            <option key={type} value={type}>
              {mailTypeText(type)}
            </option>
          ))}
        </Select>
      </Field>
      {not.length > 0 && (
        <ul className={styles.list} aria-label={say("mail-objects.types-not-here")}>
          {not.map(({ type, why }) => (
            <li key={type}>{say("mail-objects.type-not-here", { type: mailTypeText(type), why: whyNot(why ?? "") })}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Address({ form, check }: ObjectFieldsProps) {
  const styles = useStyles();
  const address = check.plan === null ? (form.name.trim() === "" ? say("mail-objects.address-none") : "…") : (check.plan.address ?? say("mail-objects.address-policy"));
  return (
    <p className={styles.address}>
      <span className={styles.term}>{say("mail-objects.address")}: </span>
      <strong>{address}</strong>
    </p>
  );
}

/** A checked alias is said to be good. There is a line for it in any case: nothing below moves while checks come and go. */
function aliasState(problem: string | null, { check, form }: ObjectFieldsProps) {
  if (problem !== null) return told(problem);
  const isChecked = check.plan !== null && form.alias.trim() !== "";
  return isChecked
    ? { validationMessage: say("mail-objects.alias-checked"), validationState: "success" as const }
    : { validationMessage: say("mail-objects.alias-unchecked"), validationState: "none" as const };
}

export function ObjectFields(props: ObjectFieldsProps) {
  const styles = useStyles();
  const { storeId, formKey, form, offer, check } = props;
  const problemOf = problemsOf(props);
  const change = (values: Partial<ObjectForm>) => fillIn(formKey, values);
  const touch = (box: "alias" | "accountName", value: string) => change({ [box]: value, touched: [...form.touched.filter((one) => one !== box), ...(value === "" ? [] : [box])] });
  const box = { spellCheck: false, autoComplete: "off" } as const;
  const creates = form.action === "create";
  return (
    <>
      <TypeField {...props} />
      {creates && (
        <Field label={say("mail-objects.name")} required hint={say("mail-objects.name-hint")} {...told(problemOf("name"))}>
          <Input name="name" {...box} maxLength={256} value={form.name} onChange={(_event, data) => change({ name: data.value })} />
        </Field>
      )}
      {creates && offer.containers && (
        <ContainerPicker storeId={storeId} label={say("mail-objects.container")} required value={form.container} problem={problemOf("container")} onValue={(container) => change({ container })} />
      )}
      {form.action !== "disable" && (
        <Field label={say("mail-objects.alias")} required hint={`${say("mail-objects.alias-hint")} ${say("mail-objects.alias-length", { count: offer.aliasLength })}`} {...aliasState(problemOf("alias"), props)}>
          <Input name="alias" {...box} maxLength={256} value={form.alias} onChange={(_event, data) => touch("alias", data.value)} />
        </Field>
      )}
      {form.action !== "disable" && <Address {...props} />}
      {problemOf("address") !== null && <p className={styles.address}>{problemOf("address")}</p>}
      {isForwardedType(form.type) && form.action !== "disable" && (
        <Field label={say("mail-objects.external")} required hint={say("mail-objects.external-hint")} {...told(problemOf("externalAddress"))}>
          <Input
            name="externalAddress"
            {...box}
            inputMode="email"
            maxLength={320}
            value={form.externalAddress}
            onChange={(_event, data) => change({ externalAddress: data.value })}
            {...typedBox("line", (externalAddress) => change({ externalAddress }))}
          />
        </Field>
      )}
      {creates && hasAccountName(form.type) && (
        <Field label={say("mail-objects.account")} required={isUserType(form.type)} hint={say("mail-objects.account-hint")} {...told(problemOf("accountName"))}>
          <Input name="accountName" {...box} maxLength={256} value={form.accountName} onChange={(_event, data) => touch("accountName", data.value)} />
        </Field>
      )}
      {needsPassword(form) && (
        <PasswordField label={say("mail-objects.password")} required value={form.password} problem={problemOf("password")} onValue={(password) => change({ password })} />
      )}
      <output className={styles.check}>
        {check.checking ? say("mail-objects.checking") : check.fault !== null && say("mail-objects.check-fault", { reason: explain(check.fault).sentence })}
      </output>
    </>
  );
}
