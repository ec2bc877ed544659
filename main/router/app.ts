import { fail, succeed } from "../../shared/fault.ts";
import { BEAT_MS } from "../../shared/rules/liveness.ts";
import type { Clock, Ports } from "../ports.ts";
import type { Services } from "../services/index.ts";
import type { Implementer } from "./faults.ts";
import { followFeed, signalOf } from "./streams.ts";

export type Surroundings = Pick<Ports, "clock" | "logger" | "invite">;

async function* beats(clock: Clock, signal: AbortSignal) {
  while (!signal.aborted) {
    yield clock.elapsed();
    await new Promise<void>((resolve) => {
      const cancel = clock.after(BEAT_MS, done);
      function done() {
        signal.removeEventListener("abort", done);
        cancel();
        resolve();
      }
      signal.addEventListener("abort", done, { once: true });
    });
  }
}

export function appRouter(os: Implementer["app"], services: Services, { clock, logger, invite }: Surroundings) {
  return {
    hello: os.hello.handler(() => services.hello()),
    alive: os.alive.handler(({ signal }) => beats(clock, signalOf(signal))),
    invite: os.invite.handler(() => (invite === undefined ? fail({ kind: "unsupported", why: "no-codes" }) : succeed({ code: invite() }))),
    reportBug: os.reportBug.handler(({ input }) => {
      logger.error("The page met a bug", input);
      return null;
    }),
    preferences: {
      get: os.preferences.get.handler(() => services.preferences()),
      set: os.preferences.set.handler(({ input }) => {
        const { theme, checkIntervalSeconds, proxy, proxyAddress } = input;
        return services.setPreferences({
          ...(theme === undefined ? {} : { theme }),
          ...(checkIntervalSeconds === undefined ? {} : { checkIntervalSeconds }),
          ...(proxy === undefined ? {} : { proxy }),
          ...(proxyAddress === undefined ? {} : { proxyAddress }),
        });
      }),
    },
    managed: os.managed.handler(() => services.managed()),
    openPractice: os.openPractice.handler(() => services.openPractice()),
    network: os.network.handler(({ signal }) => followFeed(services.servers.network, signal)),
    activity: {
      page: os.activity.page.handler(async ({ input }) => {
        const { events, next } = await services.activity.page(input);
        return succeed({ events: [...events], next });
      }),
      news: os.activity.news.handler(({ signal }) => followFeed(services.activity.news, signal)),
    },
  };
}
