/** What is entered for one mail object. Kept while the console is open, so that a look at another page loses nothing. */
import { createStore } from "zustand/vanilla";
import type { DirectoryObject, FoundObject, MailAction, MailObjectType, MailRequest } from "../../../shared/model/mail-object.ts";
import { isForwardedType, isUserType } from "../../../shared/rules/mail-types.ts";

export interface ObjectForm {
  readonly action: MailAction;
  readonly type: MailObjectType;
  readonly name: string;
  readonly container: string;
  /** What is acted on; null for a new object. */
  readonly identity: DirectoryObject["identity"] | null;
  /** Null for a new object, and where the directory has none. */
  readonly guid: DirectoryObject["guid"];
  readonly alias: string;
  readonly accountName: string;
  /** Boxes that a person typed into: a proposal does not touch them. */
  readonly touched: readonly ("alias" | "accountName")[];
  readonly externalAddress: string;
  /** A new user's, until the next object: nobody is shown it again. */
  readonly password: string;
}

/** `new` or `find`: the object that is being made, and the one that was found. */
export type FormPlace = "new" | "find";

export const newForm = (type: MailObjectType): ObjectForm => ({
  action: "create",
  type,
  name: "",
  container: "",
  identity: null,
  guid: null,
  alias: "",
  accountName: "",
  touched: [],
  externalAddress: "",
  password: "",
});

/** For an object that the directory holds. */
export function formOfFound(found: FoundObject, action: MailAction, type: MailObjectType): ObjectForm {
  const alias = found.alias ?? "";
  return { ...newForm(type), action, name: found.name, identity: found.identity, guid: found.guid, alias, touched: alias === "" ? [] : ["alias"], accountName: found.accountName ?? "" };
}

export const objectForms = createStore<{ readonly forms: ReadonlyMap<string, ObjectForm> }>(() => ({ forms: new Map() }));

export const keyOf = (storeId: string, place: FormPlace): string => `${storeId}/${place}`;

/** Null takes the form away. */
export function setForm(key: string, form: ObjectForm | null): void {
  objectForms.setState(({ forms }) => {
    const next = new Map(forms);
    if (form === null) next.delete(key);
    else next.set(key, form);
    return { forms: next };
  });
}

export function fillIn(key: string, values: Partial<ObjectForm>): void {
  const form = objectForms.getState().forms.get(key);
  if (form !== undefined) setForm(key, { ...form, ...values });
}

/** Takes over what a name suggests, where nobody typed. */
export function takeProposal(key: string, proposal: { readonly alias: string; readonly accountName: string }): void {
  const form = objectForms.getState().forms.get(key);
  if (form === undefined) return;
  const { touched } = form;
  setForm(key, {
    ...form,
    ...(touched.includes("alias") ? {} : { alias: proposal.alias }),
    ...(touched.includes("accountName") || form.action !== "create" ? {} : { accountName: proposal.accountName }),
  });
}

export const hasAccountName = (type: MailObjectType): boolean => type !== "mail-contact" && type !== "microsoft-365-group";
const orNull = (text: string): string | null => (text.trim() === "" ? null : text.trim());

/** What main is asked for. The password travels apart. */
export function requestOf({ action, type, name, container, identity, guid, alias, externalAddress, accountName }: ObjectForm, containers: boolean): MailRequest {
  return {
    action,
    type,
    name: name.trim(),
    container: action === "create" && containers ? orNull(container) : null,
    identity,
    ...(guid === null ? {} : { guid }),
    alias: alias.trim(),
    address: null,
    externalAddress: isForwardedType(type) && action !== "disable" ? orNull(externalAddress) : null,
    accountName: hasAccountName(type) ? orNull(accountName) : null,
  };
}

/** Whether a first password goes along. */
export const needsPassword = ({ action, type }: Pick<MailRequest, "action" | "type">): boolean => action === "create" && isUserType(type);
