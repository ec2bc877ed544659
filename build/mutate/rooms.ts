/** The rooms whose faults are listed, by the name that `npm run mutate` takes. */
import type { EditedRoom } from "./edit.ts";
import { directory } from "./edits/directory.ts";
import { network } from "./edits/network.ts";
import { servicesRoom } from "./edits/services.ts";
import { store } from "./edits/store.ts";

export const rooms: Readonly<Record<string, EditedRoom>> = { store, services: servicesRoom, directory, network };
