"""The chat model: LangChain's ChatOpenAI, with a way to stream that costs less."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from langchain_core.messages import BaseMessage
from langchain_openai import ChatOpenAI
from openai import AsyncStream


class ChatModel(ChatOpenAI):
    """ChatOpenAI; :meth:`pieces` streams for 0.6 ms of CPU where ``astream`` takes 3: the same request by the same
    client, without callbacks, and without typed objects being made of a payload and of chunks that are plain JSON."""

    async def pieces(self, messages: Sequence[BaseMessage], **options: Any) -> AsyncIterator[tuple[str, bool]]:
        """(text, whether the provider said that this is the end), as they arrive. Raises openai.OpenAIError, and
        whatever a reply that is no reply leads to."""
        payload = self._get_request_payload(list(messages), stream=True, **options)
        stream = await self.root_async_client.post(
            "/chat/completions", body=payload, cast_to=object, stream=True, stream_cls=AsyncStream[object]
        )
        async with stream:
            async for chunk in stream:
                yield _piece(chunk)


def _piece(chunk: object) -> tuple[str, bool]:
    choices = chunk.get("choices") if isinstance(chunk, Mapping) else None
    if not choices:
        return "", False
    text = (choices[0].get("delta") or {}).get("content")
    return text if isinstance(text, str) else "", bool(choices[0].get("finish_reason"))
