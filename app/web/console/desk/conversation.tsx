import { useEffect, useRef, useState } from "preact/hooks";
import type { Conversation as ConversationFacts } from "../../shared/api/conversation";
import type { Brief, QueueItem, StaffMember, StaffQueue } from "../../shared/api/desk";
import type { Citation } from "../../shared/api/event";
import type { StaffApi } from "../../shared/api/staff";
import { ArticleDialog } from "../ui/article-dialog";
import { reasonInWords, STATE_WORDS } from "../ui/words";
import { BriefView } from "./brief";
import { ReleaseDialog } from "./release-dialog";
import { ReplyBox, type ReplyMode } from "./reply-box";
import { ResolveDialog } from "./resolve-dialog";
import { goTo } from "./route";
import type { ShortcutMap } from "./shortcuts";
import { TranscriptView } from "./transcript";
import { TransferDialog } from "./transfer-dialog";
import { useClaim } from "./use-claim";
import { useConversation } from "./use-conversation";

interface Props {
  api: StaffApi;
  id: string;
  me: StaffMember;
  item: QueueItem | null;
  queues: StaffQueue[];
  /** Filled with what the single-key shortcuts do here. */
  actions: ShortcutMap;
  onRejected: () => void;
  onClaimed: () => void;
  onChanged: () => void;
}

export function Conversation({ api, id, me, item, queues, actions, onRejected, onClaimed, onChanged }: Props) {
  const view = useConversation(api, id, onRejected);
  const claim = useClaim(api, id, me.name, view);
  const [brief, setBrief] = useState<Brief | null>(null);
  const [facts, setFacts] = useState<ConversationFacts | null>(null);
  const [dialog, setDialog] = useState<"release" | "transfer" | "resolve" | null>(null);
  const [cited, setCited] = useState<Citation | null>(null);
  const [mode, setMode] = useState<ReplyMode>("reply");
  const [suggested, setSuggested] = useState<{ text: string } | null>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  const mine = claim.fence !== null;
  const audience = facts?.audience ?? item?.audience ?? "buyer";

  useEffect(() => {
    let current = true;
    const load = async () => {
      const found = await api.conversation(id);
      if (current) setFacts(found);
      // Before the first hand-off there is nothing to brief anybody on.
      const about = found.state === "bot" ? null : await api.brief(id);
      if (current) setBrief(about);
    };
    load().catch(() => undefined);
    return () => {
      current = false;
    };
  }, [api, id, view.state]);

  // The box opens when the log shows the claim, which may come after the claim's own answer.
  const wantsBox = useRef(false);
  const enterBox = () => {
    if (!wantsBox.current || box.current === null || box.current.disabled) return;
    wantsBox.current = false;
    box.current.focus();
  };
  useEffect(enterBox);
  const writes = (next: ReplyMode) => {
    wantsBox.current = true;
    setMode(next);
    requestAnimationFrame(enterBox);
  };
  const takeIt = async () => {
    if (await claim.claim()) {
      onClaimed();
      writes("reply");
    }
    onChanged();
  };
  actions["c"] = () => void (view.state === "waiting" && takeIt());
  actions["r"] = () => writes("reply");
  actions["n"] = () => writes("note");
  actions["t"] = () => mine && setDialog("transfer");
  actions["e"] = () => mine && setDialog("resolve");

  const finish = async (work: (fence: number) => Promise<unknown>) => {
    setDialog(null);
    if (await claim.write(work)) onChanged();
  };

  return (
    <div class="conversation">
      <header class="case">
        <button type="button" class="quiet back" onClick={() => goTo(null)}>
          Back
        </button>
        <div class="case-title">
          <h2>{brief?.wants ?? item?.question ?? "Conversation"}</h2>
          <p class="soft">
            {[brief === null ? null : brief.reason_text.replace(/\.$/, "") || reasonInWords(brief.reason), facts?.queue?.name, brief?.topic, audience, facts?.locale]
              .filter((fact) => fact != null && fact !== "")
              .join(" · ")}
          </p>
        </div>
        <div class="case-actions">
          <span class={`state ${view.state}`}>
            {view.state === "claimed" && view.holder !== null ? (mine ? "Yours" : view.holder) : STATE_WORDS[view.state]}
          </span>
          {(view.state === "waiting" || (view.holder === me.name && !mine)) && (
            <button type="button" class="primary" onClick={() => void takeIt()}>
              Claim
            </button>
          )}
          {mine && (
            <>
              <button type="button" onClick={() => setDialog("release")}>
                Release
              </button>
              <button type="button" onClick={() => setDialog("transfer")}>
                Transfer
              </button>
              <button type="button" class="primary" onClick={() => setDialog("resolve")}>
                Resolve
              </button>
            </>
          )}
        </div>
      </header>
      <div role="alert">{(claim.problem ?? view.problem) !== null && <p class="problem">{claim.problem ?? view.problem}</p>}</div>
      <div class="case-body">
        <BriefView
          brief={brief}
          canUse={mine}
          onCite={setCited}
          onUse={(text) => {
            setSuggested({ text });
            writes("reply");
          }}
        />
        <div class="talk">
          <TranscriptView events={view.events} onCite={setCited} />
          <ReplyBox
            key={id}
            id={id}
            box={box}
            mode={mode}
            onMode={setMode}
            mayReply={mine}
            suggested={suggested}
            onReply={(text, clientId) => claim.write((fence) => api.reply(id, fence, text, clientId))}
            onNote={(text) => api.note(id, text)}
          />
        </div>
      </div>
      {dialog === "release" && (
        <ReleaseDialog onClose={() => setDialog(null)} onRelease={(why) => void finish((fence) => api.release(id, fence, why))} />
      )}
      {dialog === "transfer" && (
        <TransferDialog
          queues={queues}
          onClose={() => setDialog(null)}
          onTransfer={(queue, why) => void finish((fence) => api.transfer(id, fence, queue, why))}
        />
      )}
      {dialog === "resolve" && (
        <ResolveDialog onClose={() => setDialog(null)} onResolve={(labels) => void finish((fence) => api.resolve(id, fence, labels))} />
      )}
      {cited !== null && <ArticleDialog api={api} citation={cited} audience={audience} onClose={() => setCited(null)} />}
    </div>
  );
}
