/** The list of identity stores, with the questions before a store is changed. */
import { useCallback, useMemo, useState } from "react";
import { useStore } from "zustand";
import type { StoreSummary } from "../../../shared/model/identity-store.ts";
import { storesList } from "../../stores/stores-list.ts";
import { Part } from "../../ui/boundary.tsx";
import { later } from "../../ui/later.ts";
import type { StoreQuestion } from "./store-dialogs.tsx";
import { useSetPrepareOnly } from "./set-prepare-only.ts";
import { StoresGrid } from "./stores-grid.tsx";

const StoreDialogs = later(async () => (await import("./store-dialogs.tsx")).StoreDialogs);

export function StoresBoard() {
  const entries = useStore(storesList, (state) => state.entries);
  const [question, setQuestion] = useState<StoreQuestion | null>(null);
  const setPrepareOnly = useSetPrepareOnly();
  const onPrepareOnly = useCallback((store: StoreSummary) => void setPrepareOnly(store, !store.prepareOnly), [setPrepareOnly]);
  const stores = useMemo(() => [...entries.values()], [entries]);
  return (
    <>
      <StoresGrid stores={stores} onQuestion={setQuestion} onPrepareOnly={onPrepareOnly} />
      <Part>{question !== null && <StoreDialogs question={question} onDone={() => setQuestion(null)} />}</Part>
    </>
  );
}
