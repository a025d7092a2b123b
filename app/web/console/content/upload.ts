import { csrfToken } from "../api/client";
import { Problem, problemFrom } from "../api/problem";

export interface Options {
  audience: string;
  topic: string;
}

/** Sends a file to be read; only this old interface tells how much was sent. The import's number. Throws a `Problem`. */
export function upload(file: File, options: Options, onSent: (part: number) => void): Promise<number> {
  const form = new FormData();
  form.set("audience", options.audience);
  form.set("topic", options.topic);
  form.set("file", file);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/v1/editor/imports");
    request.setRequestHeader("X-CSRF-Token", csrfToken());
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => event.lengthComputable && onSent(event.loaded / event.total));
    request.addEventListener("load", () => {
      const body: unknown = request.response;
      if (request.status === 202) resolve((body as { id: number }).id);
      else reject(problemFrom(request.status, body));
    });
    request.addEventListener("error", () => reject(new Problem(0, "network", "")));
    request.send(form);
  });
}
