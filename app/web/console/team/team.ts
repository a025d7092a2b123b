import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import type { Colleague, Role } from "../api/types";
import { staffQuery } from "../inbox/queue";

export interface Changes {
  name?: string;
  role?: Role;
  disabled?: boolean;
}

/** Asks the list anew, whatever came of a change: somebody else may have changed it too. */
function useRefresh() {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: staffQuery.queryKey });
}

export function useAdd() {
  return useMutation({
    mutationFn: (body: { email: string; name?: string; role: Role }) => ok(api.POST("/v1/staff", { body })),
    onSettled: useRefresh(),
  });
}

export function useChange(who: Colleague) {
  return useMutation({
    mutationFn: (body: Changes) => ok(api.PATCH("/v1/staff/{staff_id}", { params: { path: { staff_id: who.id } }, body })),
    onSettled: useRefresh(),
  });
}

export function useNewLink(who: Colleague) {
  return useMutation({
    mutationFn: () => ok(api.POST("/v1/staff/{staff_id}/link", { params: { path: { staff_id: who.id } } })),
  });
}
