/** The lab's domain controller as a component that can be broken: Samba restarted with what is wrong. */
import type { ControllerPart, DirectoryState } from "../../main/practice/directory/directory.ts";
import type { Pki } from "../../main/practice/pki.ts";
import type { Programs } from "./programs.ts";
import { configure, CONTROLLER, REALM, startSamba, type Samba } from "./samba.ts";

/** What Samba can be made to do; the practice directory can do more. */
export const controllerStates = ["up", "down", "untrusted", "expired", "wrong-name"] as const satisfies readonly DirectoryState[];
type ControllerState = (typeof controllerStates)[number];

export interface Controller extends ControllerPart {
  /** The daemon's process id, null while it is down. */
  readonly pid: number | null;
}

function isControllerState(state: DirectoryState): state is ControllerState {
  return (controllerStates as readonly string[]).includes(state);
}

/** Starts Samba in a prepared folder. */
export async function startController(options: {
  readonly programs: Programs;
  readonly pki: Pki;
  readonly folder: string;
  readonly address: string;
}): Promise<Controller> {
  const { programs, pki, folder, address } = options;
  let state: ControllerState = "up";
  const start = async (): Promise<Samba> => {
    const names = [CONTROLLER, REALM];
    const identity = await (state === "up" || state === "down" ? pki.issue({ names, withoutSubject: true, keep: "domain-controller" }) : pki.issue({ names, withoutSubject: true, flaw: state }));
    return startSamba(programs, await configure(folder, address, { ...identity, authorityPem: pki.authorityPem }), address);
  };
  let samba: Samba | null = await start();
  return {
    host: CONTROLLER,
    ports: { ldap: 389, ldaps: 636 },
    get state() {
      return state;
    },
    get pid() {
      return samba?.pid ?? null;
    },
    set: async (wanted) => {
      if (!isControllerState(wanted)) throw new Error(`Samba cannot be made ${wanted}`);
      if (wanted === state) return;
      state = wanted;
      await samba?.stop();
      samba = state === "down" ? null : await start();
    },
    // Samba keeps no account of what came later; each lab is a fresh copy.
    forget: () => undefined,
    dispose: async () => {
      await samba?.stop();
      samba = null;
    },
  };
}
