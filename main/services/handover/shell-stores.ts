/** Messaging systems as the product's management shell would be told of them: as they are, and as they were before. */
import { isDeepStrictEqual } from "node:util";
import type { ShellForm, ShellStore } from "../../../shared/model/management-shell.ts";
import { serversInUse } from "../../../shared/rules/servers-in-use.ts";
import type { FieldValue } from "../../../shared/model/messaging.ts";
import type { AnyProvider } from "../../providers/provider.ts";
import type { SealedMessaging, StoredIdentityStore } from "../../store/types.ts";
import { bindForm, findProvider, valueNames } from "../forms.ts";
import type { Foundation } from "../rooms.ts";

export async function shellStore(foundation: Foundation, { id, revision, document }: StoredIdentityStore): Promise<ShellStore> {
  const now = shellForm(foundation, document.messaging);
  for (let earlier = revision - 1; earlier > 0; earlier -= 1) {
    // A revision may be missing or unreadable: the one before it is older, and as good.
    const was = await foundation.store.identityStores.revisionDocument(id, earlier);
    const before = was === null ? now : shellForm(foundation, was.messaging);
    if (!isDeepStrictEqual(before, now)) return { name: document.name, now, before };
  }
  return { name: document.name, now, before: null };
}

function shellForm({ providers }: Foundation, messaging: SealedMessaging | null): ShellForm | null {
  if (messaging === null) return null;
  const { configuration } = messaging;
  const provider = findProvider(providers, configuration.provider);
  const bound = bindForm(providers, messaging);
  const chosen = provider?.descriptor.servers === "priority" ? serversInUse(configuration, provider.descriptor) : [];
  return {
    choice: { provider: configuration.provider, variant: configuration.variant },
    settings: bound.ok ? bound.value.bound.managementShell() : null,
    servers: chosen.map(({ name }) => name),
    values: provider === null ? [] : enteredValues(provider, configuration.values),
  };
}

function enteredValues({ descriptor: { fields } }: AnyProvider, values: Readonly<Record<string, FieldValue>>): ShellForm["values"] {
  return fields.flatMap((described) =>
    valueNames(described).flatMap((field) => {
      const value = String(values[field] ?? "");
      return value === "" ? [] : [{ field, value, isChoice: described.kind === "select" }];
    }),
  );
}
