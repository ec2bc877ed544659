/** The practice computer's own network, and the DNS server it asks: taken away as by a closed laptop or a VPN that dropped. */
import { fail, succeed } from "../../shared/fault.ts";
import type { MachineNetwork } from "../ports.ts";
import type { PracticePart } from "./part.ts";

const states = ["up", "down"] as const;
const ids = ["network", "resolver"] as const;
type Id = (typeof ids)[number];

export interface PracticeNetwork extends MachineNetwork {
  /** Whether nobody answers for names. */
  namesAway(): boolean;
}

/** Makes the part and what it decides. */
export function createNetworkPart(): { readonly part: PracticePart; readonly network: PracticeNetwork } {
  const away = new Set<Id>();
  const part: PracticePart = {
    components: () => ids.map((id) => ({ id, detail: null, kind: "network", state: away.has(id) ? "down" : "up", verbs: [...states] })),
    run(verb, target) {
      const id = ids.find((each) => each === target);
      if (verb === "reset") away.clear();
      else if (id === undefined) return Promise.resolve(null);
      else if (verb === "down") away.add(id);
      else if (verb === "up") away.delete(id);
      else return Promise.resolve(fail({ kind: "unsupported", why: "practice-verb", detail: verb }));
      return Promise.resolve(succeed(null));
    },
    route: () => null,
    forms: () => [],
    files: () => [],
    dispose: () => Promise.resolve(),
  };
  return { part, network: { interfaces: () => (away.has("network") ? [] : ["practice"]), namesAway: () => away.size > 0 } };
}
