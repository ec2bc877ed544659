/** The choice of one identity store, or of all, that a list of what happened is narrowed to. */
import { Field, Select } from "@fluentui/react-components";
import { useStore } from "zustand";
import { navigate } from "../../stores/navigation.ts";
import type { Route } from "../../stores/routes.ts";
import { storesList } from "../../stores/stores-list.ts";
import { say } from "../../text/text.ts";

interface StoreFilterProps {
  /** Identifier of the store that is chosen, or nothing for all. */
  readonly store: string;
  readonly className: string;
  /** Where a choice leads to. */
  readonly routeOf: (store: string) => Route;
}

/** Names of the stores there are; one that was asked for and is gone is said to be gone. */
export function StoreFilter({ store, className, routeOf }: StoreFilterProps) {
  const entries = useStore(storesList, (state) => state.entries);
  const stores = [...entries.values()].toSorted((a, b) => a.name.localeCompare(b.name));
  return (
    <Field className={className} label={say("identity-stores.filter")}>
      <Select value={store} onChange={(_event, data) => void navigate(routeOf(data.value))}>
        <option value="">{say("identity-stores.filter-all")}</option>
        {store !== "" && !entries.has(store) && <option value={store}>{say("identity-stores.filter-gone")}</option>}
        {stores.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}
