/** A cloud as a part of the practice organisation: its hosts, each with a state that verbs set. */
import type { PracticeComponent, PracticeFacts } from "../../../shared/contract/practice.ts";
import { fail, succeed } from "../../../shared/fault.ts";
import type { PartDependencies, PracticePart } from "../part.ts";
import { hostStateOf, hostStates, openCloudHost, type CloudAnswer, type CloudHost, type CloudRequest, type HostState } from "./cloud-host.ts";

/** One component to break: a host and the failures of its own protocol. */
export interface CloudService {
  readonly id: string;
  readonly kind: PracticeComponent["kind"];
  /** DNS names it answers to. */
  readonly names: readonly string[];
  readonly states: readonly string[];
  /** The failures below its protocol; all of them when absent. */
  readonly hostStates?: readonly HostState[];
  /** Forgets what it remembers of its callers. */
  readonly reset?: () => void;
  readonly answer: (request: CloudRequest, state: () => string) => CloudAnswer;
}

/** Opens the services' hosts. */
export async function createCloudPart(
  services: readonly CloudService[],
  material: { readonly forms: PracticeFacts["forms"]; readonly files: PracticeFacts["files"] },
  { pki, clock }: PartDependencies,
): Promise<PracticePart> {
  const standings = new Map<string, { readonly service: CloudService; readonly host: CloudHost; state: string }>();
  for (const service of services) {
    const stateOf = () => standings.get(service.id)?.state ?? "up";
    const host = await openCloudHost({ names: service.names, pki, clock, answer: (request) => service.answer(request, stateOf) });
    standings.set(service.id, { service, host, state: "up" });
  }
  const set = async (id: string, state: string) => {
    const standing = standings.get(id);
    if (standing === undefined) return;
    standing.state = state;
    await standing.host.set(hostStateOf(state));
  };
  const verbsOf = (service: CloudService) => [...(service.hostStates ?? hostStates), ...service.states];

  return {
    components: () => [...standings.values()].map(({ service, state }) => ({ id: service.id, detail: null, kind: service.kind, state, verbs: verbsOf(service) })),
    async run(verb, target) {
      if (verb === "reset" && (target === null || standings.has(target))) {
        for (const { service } of target === null ? standings.values() : [standings.get(target)].filter((each) => each !== undefined)) {
          await set(service.id, "up");
          service.reset?.();
        }
        return succeed(null);
      }
      const standing = target === null ? undefined : standings.get(target);
      if (standing === undefined) return null;
      if (!verbsOf(standing.service).includes(verb)) return fail({ kind: "unsupported", why: "practice-verb", detail: verb });
      await set(standing.service.id, verb);
      return succeed(null);
    },
    route(host, port) {
      if (port !== 443) return null;
      const standing = [...standings.values()].find(({ service }) => service.names.includes(host));
      return standing?.host.port ?? null;
    },
    forms: () => material.forms,
    files: () => material.files,
    async dispose() {
      await Promise.all([...standings.values()].map(({ host }) => host.dispose()));
    },
  };
}
