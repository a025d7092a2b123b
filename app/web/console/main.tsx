import "./style/mantine.css";
import "virtual:theme.css";
import "./style/console.css";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { queryClient } from "./api/query";
import { router } from "./router";
import { schemeManager } from "./theme/scheme";
import { theme } from "./theme/theme";

const place = document.getElementById("console");
if (place !== null) {
  createRoot(place).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        defaultColorScheme="auto"
        colorSchemeManager={schemeManager}
        // Both are in the stylesheet: see theme/variables.ts.
        withCssVariables={false}
        withGlobalClasses={false}
      >
        <Notifications position="bottom-left" limit={3} autoClose={6_000} />
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
