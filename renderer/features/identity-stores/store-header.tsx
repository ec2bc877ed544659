/** The head of a page of one identity store, which it names: several windows and tabs stand side by side. */
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { storesList } from "../../stores/stores-list.ts";
import { PageHeader } from "../../ui/page-header.tsx";

interface StoreHeaderProps {
  readonly storeId: string;
  readonly title: string;
  readonly intro?: string;
  readonly children?: ReactNode;
}

export function StoreHeader({ storeId, ...header }: StoreHeaderProps) {
  const name = useStore(storesList, (state) => state.entries.get(storeId)?.name);
  return <PageHeader {...header} {...(name === undefined ? {} : { of: name })} />;
}
