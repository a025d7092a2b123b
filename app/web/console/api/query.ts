import { QueryClient } from "@tanstack/react-query";
import { Problem } from "./problem";

const TRIES = 2;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // The stream tells what changed; coming back to the window is the second line.
      refetchOnWindowFocus: true,
      retry: (failures, error) => failures < TRIES && isPassing(error),
    },
    mutations: { retry: false },
  },
});

function isPassing(error: Error): boolean {
  return error instanceof Problem && (error.status === 0 || error.status === 429 || error.status >= 500);
}
