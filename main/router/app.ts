import type { Services } from "../services/index.ts";
import type { Implementer } from "./faults.ts";
import { followFeed } from "./streams.ts";

export function appRouter(os: Implementer["app"], services: Services) {
  return {
    hello: os.hello.handler(() => services.hello()),
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
    openPractice: os.openPractice.handler(() => services.openPractice()),
    network: os.network.handler(({ signal }) => followFeed(services.servers.network, signal)),
    activity: os.activity.handler(({ signal }) => followFeed(services.activity.feed, signal)),
  };
}
